import type { MaxCall } from './context.ts';
import { replace } from './messages.ts';
import { badRequest, tooMany, unknownMessage } from './refusal.ts';
import { personKey } from './settings.ts';

const KEPT_TOASTS = 20;

/** POST /answers: changes the message of the button, shows a notification, or both. */
export function answer(call: MaxCall<'POST /answers'>) {
  const { bot, sandbox, query, body } = call;
  const press = sandbox.presses.get(query.callback_id);
  if (press?.bot !== bot) throw badRequest('callback is answered or unknown');
  const key = personKey(bot, press.person);
  if (!sandbox.rates.take('answers', key)) {
    sandbox.limited += 1;
    call.violate(`too many answers to ${press.person}`);
    throw tooMany();
  }
  const { message, notification } = body;
  if (message !== null && message !== undefined) {
    const found = sandbox.store.find(bot, press.mid);
    if (found === null) throw unknownMessage();
    replace(call, found, message);
  }
  sandbox.presses.delete(query.callback_id);
  if (typeof notification === 'string') {
    const toast = { id: query.callback_id, text: notification, at: sandbox.clock() };
    sandbox.toasts.set(key, [...(sandbox.toasts.get(key) ?? []), toast].slice(-KEPT_TOASTS));
  }
  sandbox.changes.touch();
  return { success: true };
}
