import type { Language } from '../../domain/accounts/language.ts';
import { en } from './en.ts';
import { ru, type Texts } from './ru.ts';

const ALL: Readonly<Record<Language, Texts>> = { ru, en };

/** What the bot says, in a language. Messages are HTML (what is put in is escaped); buttons and toasts are plain. */
export const texts = (language: Language): Texts => ALL[language];
