import { answerCallbackQuery } from './callbacks.ts';
import * as commands from './commands.ts';
import type { BotApiContext } from './context.ts';
import * as media from './media.ts';
import * as methods from './methods.ts';
import { Refusal } from './refusal.ts';
import { SCHEMAS, type Method } from './schemas.ts';
import * as updates from './updates.ts';

/** Methods that count for the limits. */
export const SENDING: ReadonlySet<Method> = new Set([
  ...(['sendMessage', 'sendPhoto', 'sendDocument', 'sendSticker', 'sendLocation'] as const),
  ...(['editMessageText', 'editMessageCaption', 'editMessageReplyMarkup'] as const),
]);

/** A request whose parameters hold. */
export interface CheckedCall {
  readonly method: Method;
  /** Decimal or `@name`; null = the method has no chat. */
  readonly chatId: string | null;
  readonly run: (context: BotApiContext) => unknown;
}

/** Checks the parameters; what breaks the schema is a violation. @throws Refusal */
export function check(
  method: Method,
  parameters: Readonly<Record<string, unknown>>,
  violate: (problem: string) => void,
): CheckedCall {
  const bind = CHECKS[method];
  const call = bind(parameters);
  if ('problems' in call) {
    for (const problem of call.problems) violate(problem);
    throw new Refusal(400, `Bad Request: ${call.problems[0] ?? 'invalid parameters'}`);
  }
  const chatId = parameters['chat_id'];
  return {
    method,
    chatId: typeof chatId === 'string' || typeof chatId === 'number' ? String(chatId) : null,
    run: call.run,
  };
}

type Check = (parameters: unknown) => { readonly run: CheckedCall['run'] } | { readonly problems: readonly string[] };

/** One schema with its handler, so that their types meet. */
function checked<T>(
  schema: { safeParse(input: unknown): { success: true; data: T } | { success: false; error: ZodProblems } },
  handle: (context: BotApiContext, parameters: T) => unknown,
): Check {
  return (parameters) => {
    const parsed = schema.safeParse(parameters);
    if (parsed.success) return { run: (context) => handle(context, parsed.data) };
    return { problems: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) };
  };
}

interface ZodProblems {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}

const CHECKS: Readonly<Record<Method, Check>> = {
  getMe: checked(SCHEMAS.getMe, methods.getMe),
  sendMessage: checked(SCHEMAS.sendMessage, methods.sendMessage),
  sendPhoto: checked(SCHEMAS.sendPhoto, media.sendPhoto),
  sendDocument: checked(SCHEMAS.sendDocument, media.sendDocument),
  sendSticker: checked(SCHEMAS.sendSticker, media.sendSticker),
  sendLocation: checked(SCHEMAS.sendLocation, methods.sendLocation),
  sendChatAction: checked(SCHEMAS.sendChatAction, () => true),
  editMessageText: checked(SCHEMAS.editMessageText, methods.editMessageText),
  editMessageCaption: checked(SCHEMAS.editMessageCaption, methods.editMessageCaption),
  editMessageReplyMarkup: checked(SCHEMAS.editMessageReplyMarkup, methods.editMessageReplyMarkup),
  deleteMessage: checked(SCHEMAS.deleteMessage, methods.deleteMessage),
  getUpdates: checked(SCHEMAS.getUpdates, updates.getUpdates),
  setWebhook: checked(SCHEMAS.setWebhook, updates.setWebhook),
  deleteWebhook: checked(SCHEMAS.deleteWebhook, updates.deleteWebhook),
  getWebhookInfo: checked(SCHEMAS.getWebhookInfo, updates.getWebhookInfo),
  answerCallbackQuery: checked(SCHEMAS.answerCallbackQuery, answerCallbackQuery),
  setMyCommands: checked(SCHEMAS.setMyCommands, commands.setMyCommands),
  getMyCommands: checked(SCHEMAS.getMyCommands, commands.getMyCommands),
  deleteMyCommands: checked(SCHEMAS.deleteMyCommands, commands.deleteMyCommands),
  getChat: checked(SCHEMAS.getChat, methods.getChat),
  getFile: checked(SCHEMAS.getFile, media.getFile),
};
