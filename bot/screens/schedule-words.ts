import type { Language } from '../../domain/accounts/language.ts';
import { describe, type Described } from '../../domain/agenda/language/describe.ts';
import { texts } from '../texts/texts.ts';

/** When something happens: «по будням в 8:30»; of what happens once only that, for its date is shown beside. */
export const scheduleWords = (described: Described, language: Language): string =>
  described.rule === null ? texts(language).remind.once : describe(described, language);
