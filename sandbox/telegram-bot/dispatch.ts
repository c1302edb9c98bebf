import type { BotApiContext } from './context.ts';
import * as methods from './methods.ts';
import { Refusal } from './refusal.ts';
import { SCHEMAS, type Method } from './schemas.ts';
import * as updates from './updates.ts';

/** Methods that count for the limits. */
export const SENDING: ReadonlySet<Method> = new Set(['sendMessage', 'sendSticker', 'editMessageText']);

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
  editMessageText: checked(SCHEMAS.editMessageText, methods.editMessageText),
  sendSticker: checked(SCHEMAS.sendSticker, methods.sendSticker),
  deleteMessage: checked(SCHEMAS.deleteMessage, methods.deleteMessage),
  getUpdates: checked(SCHEMAS.getUpdates, updates.getUpdates),
  setWebhook: checked(SCHEMAS.setWebhook, updates.setWebhook),
  deleteWebhook: checked(SCHEMAS.deleteWebhook, updates.deleteWebhook),
  answerCallbackQuery: checked(SCHEMAS.answerCallbackQuery, () => true),
  setMyCommands: checked(SCHEMAS.setMyCommands, () => true),
  getChat: checked(SCHEMAS.getChat, methods.getChat),
  getFile: checked(SCHEMAS.getFile, methods.getFile),
};
