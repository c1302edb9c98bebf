import type { PersonValues } from '../../db/repositories/people.ts';

/** A person of whom nothing is known but the name. */
export const aPerson = (name: string): PersonValues => ({
  ...{ name, relation: null, birthYear: null, interests: [], limits: [], notes: '' },
  ...{ budgetMinor: null, budgetCurrency: null, language: null },
});
