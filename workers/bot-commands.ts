import { describedCommands } from '../bot/screens/help.ts';
import { LANGUAGES } from '../domain/accounts/language.ts';

/** What the messengers show beside the text field, in each language. */
export const botCommands = LANGUAGES.map((language) => ({ language, list: describedCommands(language) }));
