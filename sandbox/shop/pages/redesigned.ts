import type { ShopProduct } from '../products.ts';
import { esc, priceText, words } from './html.ts';

/** How far a section's pages moved away from what they were. */
export type Layout = 'classic' | 'renamed' | 'blank';

/** The same product under new names: no markup, no heading element, none of the class names that were there. */
export function renderRenamed(product: ShopProduct): string {
  const text = words(product.language);
  return `<div class="zz-card"><img class="zz-pic" src="/img/${product.id}.svg" alt="">
<div><div class="zz-a1">${esc(product.title)}</div>
<div class="zz-b2"><i>${priceText(product)}</i></div><div class="zz-c3">${text.availability[product.availability]}</div>
<div class="zz-d4">${esc(product.description)}</div></div></div>`;
}

/** What is left when the shop moves to a client that fetches its data later: an empty frame. */
export function renderBlank(): string {
  return '<div id="root" data-version="2"><div class="zz-spinner"></div></div><script src="/assets/app.js" defer></script>';
}
