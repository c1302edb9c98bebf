import type { Keyboard } from '../../domain/shared/keyboard.ts';
import type { Reaction, Talker } from '../dialog/dialog.ts';
import { awaiting, press, say } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';

/** What a person who is new here has said already; it is come back to. */
interface Before {
  readonly phrase?: string;
}

/** Gets to know somebody new: the language, then the zone. */
export function welcome({ speaks }: Talker, before: Before = {}): Reaction {
  const words = texts(speaks).start;
  return awaiting(say(words.askLanguage, languages(speaks)), 'language', { ...before });
}

const languages = (speaks: Talker['speaks']): Keyboard => {
  const words = texts(speaks).start;
  return [[press(words.russian, 'start.language', 'ru'), press(words.english, 'start.language', 'en')]];
};
