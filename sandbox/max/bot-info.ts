import type { MaxCall } from './context.ts';
import { botUser } from './message-object.ts';
import { mayWrite } from './messages.ts';
import { personOf } from './state.ts';

/** GET /me. */
export const getMe = ({ bot, sandbox }: MaxCall<'GET /me'>) => ({
  ...botUser(bot),
  commands: sandbox.settings.now.commands[bot] ?? [],
});

/** PATCH /me/commands: all of them at once. */
export function setCommands({ bot, sandbox, body }: MaxCall<'PATCH /me/commands'>) {
  const { settings } = sandbox;
  settings.change({ commands: { ...settings.now.commands, [bot]: body.commands } });
  return { commands: body.commands };
}

/** POST /chats/{chatId}/actions. */
export function sendAction(call: MaxCall<'POST /chats/{chatId}/actions'>) {
  mayWrite(call, personOf(call.chatId ?? 0));
  return { success: true };
}
