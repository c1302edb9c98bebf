import type { BotApiContext } from './context.ts';
import type { Sandbox } from './sandbox.ts';
import type { ParametersOf } from './schemas.ts';
import { withoutKey } from './settings.ts';

type Where = ParametersOf<'getMyCommands'>;
type Scope = NonNullable<Where['scope']>;

const keyOf = (bot: string, { scope, language_code: language = '' }: Where): string =>
  `${bot} ${scopeKey(scope)} ${language}`;

const scopeKey = (scope: Scope | undefined): string =>
  scope === undefined ? 'default' : `${scope.type}${'chat_id' in scope ? ` ${scope.chat_id}` : ''}`;

export function setMyCommands({ bot, sandbox }: BotApiContext, { commands, ...where }: ParametersOf<'setMyCommands'>) {
  const { settings } = sandbox;
  settings.change({ commands: { ...settings.now.commands, [keyOf(bot, where)]: commands } });
  return true;
}

export const getMyCommands = ({ bot, sandbox }: BotApiContext, where: Where) =>
  sandbox.settings.now.commands[keyOf(bot, where)] ?? [];

export function deleteMyCommands({ bot, sandbox }: BotApiContext, where: Where) {
  const { settings } = sandbox;
  settings.change({ commands: withoutKey(settings.now.commands, keyOf(bot, where)) });
  return true;
}

/** What the menu of a private chat shows: the narrowest scope that has commands, the person's language before none. */
export function menuOf({ settings }: Sandbox, bot: string, person: { readonly id: number; readonly language: string }) {
  const scopes: readonly Scope[] = [
    { type: 'chat', chat_id: String(person.id) },
    { type: 'all_private_chats' },
    { type: 'default' },
  ];
  for (const scope of scopes) {
    for (const language of [person.language, '']) {
      const commands = settings.now.commands[keyOf(bot, { scope, language_code: language })];
      if (commands !== undefined && commands.length > 0) return commands;
    }
  }
  return [];
}
