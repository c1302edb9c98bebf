import type { ChatEvent } from '../domain/shared/chat-event.ts';

/** `/name@bot args`; the name is of at most 32 characters. */
const COMMAND = /^\/([a-z][a-z0-9_]{0,31})(?:@\w+)?(?:\s+([\s\S]*))?$/i;

/** What somebody wrote: a command where it begins with one. */
export function textEvent(text: string): ChatEvent {
  const command = COMMAND.exec(text.trim());
  if (command === null) return { kind: 'text', text };
  const [, name = '', args = ''] = command;
  return { kind: 'command', name: name.toLowerCase(), args: args.trim() };
}
