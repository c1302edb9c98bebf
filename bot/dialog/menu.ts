import type { Language } from '../../domain/accounts/language.ts';
import type { Keyboard } from '../../domain/shared/keyboard.ts';
import { texts } from '../texts/texts.ts';
import { press } from './reactions.ts';

/** Where one can always go. Each button stands for a command of the same name. */
export function menu(language: Language): Keyboard {
  const { common } = texts(language);
  return [
    [press(common.remind, 'menu', 'remind'), press(common.today, 'menu', 'today')],
    [press(common.settings, 'menu', 'settings'), press(common.help, 'menu', 'help')],
  ];
}
