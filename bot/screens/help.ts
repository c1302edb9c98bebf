import type { Language } from '../../domain/accounts/language.ts';
import type { RouteTable } from '../dialog/route-table.ts';
import type { Screen } from '../dialog/dialog.ts';
import { menu } from '../dialog/menu.ts';
import { say } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';

/** A command as the messenger's menu shows it. */
export interface DescribedCommand {
  readonly name: string;
  readonly description: string;
}

/** Every command with what it does; operators' are known to them. */
export const describedCommands = (language: Language): DescribedCommand[] =>
  Object.entries(texts(language).help.commands).map(([name, description]) => ({ name, description }));

/** Commands that the bot has but does not describe: they explain themselves, or are the operators'. */
export const UNDESCRIBED = ['start', 'stats', 'health'] as const;

/** Names that are described but that nobody takes, or the other way round: none, or the texts are wrong. */
export function undescribedCommands({ commands }: RouteTable): string[] {
  const described = describedCommands('en').map(({ name }) => name);
  const known = ['cancel', ...commands.keys()];
  const silent: readonly string[] = UNDESCRIBED;
  return [
    ...described.filter((name) => !known.includes(name)),
    ...known.filter((name) => !described.includes(name) && !silent.includes(name)),
  ];
}

/** /help: what the bot can do. */
export const helpScreen: Screen = {
  commands: {
    help: ({ talker }) => {
      const words = texts(talker.speaks).help;
      const lines = describedCommands(talker.speaks).map(({ name, description }) =>
        words.command({ name, says: description }),
      );
      return say(words.whole({ commands: lines.join('\n') }), menu(talker.speaks));
    },
  },
};
