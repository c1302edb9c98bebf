import type { Keyboard } from '../../domain/shared/keyboard.ts';
import type { Reaction, Talker } from '../dialog/dialog.ts';
import { awaiting, say } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';

/** What goes on once the zone is told; it lies in the dialog's state. */
interface Then {
  /** The first time: then the bot shows what it can do. */
  readonly first?: boolean;
  /** What was said before the zone was known. */
  readonly phrase?: string;
}

/** Asks where the person's clock is. */
export function askZone({ speaks }: Pick<Talker, 'speaks'>, then: Then = {}): Reaction {
  const words = texts(speaks).start;
  return awaiting(say(words.askZone, placeKeyboard(speaks)), 'zone', { ...then });
}

/** A button that sends where the person is. */
export const placeKeyboard = (speaks: Talker['speaks']): Keyboard => [
  [{ kind: 'location', text: texts(speaks).start.sendPlace }],
];
