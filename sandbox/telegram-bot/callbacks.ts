import { randomInt } from 'node:crypto';
import { Refusal } from './refusal.ts';
import type { BotApiContext } from './context.ts';
import type { ParametersOf } from './schemas.ts';

interface Press {
  readonly bot: string;
  readonly chatId: string;
  readonly at: number;
}

export interface Toast {
  readonly id: string;
  readonly text: string;
  readonly alert: boolean;
  readonly at: number;
}

/** Presses that wait for their answer, and the answers. */
export interface Callbacks {
  /** @returns the id of the query */
  press(press: Omit<Press, 'at'>): string;
  /** The press, once; null = unknown, answered or too old. */
  take(bot: string, id: string): Press | null;
  show(press: Press, toast: Omit<Toast, 'at'>): void;
  toasts(bot: string, chatId: string): readonly Toast[];
}

/** Telegram takes an answer for about this long. */
const PATIENCE_MS = 60_000;
const KEPT_TOASTS = 20;

export function createCallbacks(now: () => number): Callbacks {
  const presses = new Map<string, Press>();
  const toasts = new Map<string, readonly Toast[]>();
  return {
    press(press) {
      const id = `${randomInt(1, 2 ** 31)}${randomInt(1, 2 ** 31)}`;
      presses.set(id, { ...press, at: now() });
      return id;
    },
    take(bot, id) {
      const press = presses.get(id);
      if (press?.bot !== bot) return null;
      presses.delete(id);
      return now() - press.at > PATIENCE_MS ? null : press;
    },
    show({ bot, chatId }, toast) {
      const key = `${bot} ${chatId}`;
      toasts.set(key, [...(toasts.get(key) ?? []), { ...toast, at: Date.now() }].slice(-KEPT_TOASTS));
    },
    toasts: (bot, chatId) => toasts.get(`${bot} ${chatId}`) ?? [],
  };
}

export function answerCallbackQuery(
  { bot, sandbox }: BotApiContext,
  { callback_query_id: id, text = '', show_alert: alert = false }: ParametersOf<'answerCallbackQuery'>,
) {
  const press = sandbox.callbacks.take(bot, id);
  if (press === null)
    throw new Refusal(400, 'Bad Request: query is too old and response timeout expired or query ID is invalid');
  if (text !== '') sandbox.callbacks.show(press, { id, text, alert });
  sandbox.changes.touch();
  return true;
}
