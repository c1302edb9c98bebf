import type { Piece } from './pieces.ts';
import { rule, type GrammarRule } from './scan.ts';

const command: Piece = { kind: 'command' };

/** Words to the bot, no part of what is to be reminded of. */
export const COMMAND_RULES: readonly GrammarRule[] = [
  rule('(?:please (?:, )?)?remind(?: - ka)?(?: me)?(?: ,)?(?: please)?(?: ,)?(?: (?:that|to))?', () => command),
  rule('(?<=^ )(?:please )?(?:put )?(?:me )?(?:a )?(?:me )?remindn(?: (?:to|that|\\.|-))*', () => command),
  rule('(?<=^ )please(?: ,)?|(?:, )?please(?= $)', () => command),
];
