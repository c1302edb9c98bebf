import type { Language } from '../../domain/accounts/language.ts';
import type { Keyboard } from '../../domain/shared/keyboard.ts';
import { texts } from '../texts/texts.ts';
import { press } from './reactions.ts';

export interface Paged {
  readonly count: number;
  /** On one page. */
  readonly size: number;
  /** From 0; one that is not there is the nearest. */
  readonly page: number;
}

/** Where a page begins, and a row of buttons to the others: `action` with the number of a page. One page has no such row. */
export function pager(
  { count, size, page }: Paged,
  language: Language,
  action: string,
): { readonly from: number; readonly buttons: Keyboard } {
  const { common } = texts(language);
  const pages = Math.max(1, Math.ceil(count / size));
  const shown = Math.min(Math.max(0, Number.isInteger(page) ? page : 0), pages - 1);
  if (pages === 1) return { from: 0, buttons: [] };
  const to = (text: string, other: number) => press(text, action, String((other + pages) % pages));
  const row = [
    to(common.previousPage, shown - 1),
    to(common.page({ page: shown + 1, pages }), shown),
    to(common.nextPage, shown + 1),
  ];
  return { from: shown * size, buttons: [row] };
}
