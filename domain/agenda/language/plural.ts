import type { Language } from '../../accounts/language.ts';

/** A noun after a number: one, few (2 to 4), many; English takes `one` and `many`. */
export type Forms = readonly [one: string, few: string, many: string];

const RULES = { ru: new Intl.PluralRules('ru'), en: new Intl.PluralRules('en') };

/** The form that goes with a whole number. */
export function plural(number: number, [one, few, many]: Forms, language: Language): string {
  const category = RULES[language].select(number);
  if (category === 'one') return one;
  return category === 'few' ? few : many;
}

/** A number with its noun: «2 часа», 5 minutes. */
export const counted = (number: number, forms: Forms, language: Language): string =>
  `${number} ${plural(number, forms, language)}`;

/** «а», «а и б», «а, б и в». */
export function joinAnd(items: readonly string[], language: Language): string {
  const last = items.at(-1) ?? '';
  const rest = items.slice(0, -1);
  return rest.length === 0 ? last : `${rest.join(', ')} ${language === 'ru' ? 'и' : 'and'} ${last}`;
}
