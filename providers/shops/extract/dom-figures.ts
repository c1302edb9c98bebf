import type { Element } from 'domhandler';
import type { Rating } from '../../../domain/catalog/product-page.ts';
import { labelledTexts } from './dom-labels.ts';
import { ancestorsOf, attributeOf, elementsUnder, placeOf, textOf, visible } from './dom.ts';
import { gtinValue } from './gtin.ts';
import type { PageIndex } from './page-index.ts';
import { found } from './product-draft.ts';
import type { ProductDraft } from './product-draft.ts';

const GTIN =
  /^(?:gtin|ean|upc|jan|isbn|barcode|strichcode|code[- ]?barres?|codice a barre|código de barras|kod kreskowy|штрих-?код)(?:[- ]?1[234])?(?: ?(?:code|no|nr|number|номер))?(?![\p{L}\d])/iu;
/** Elements before and after the heading between which a product's own rating stands. */
const REACH = 120;
const REVIEWS =
  /отзыв|оцен(?:ок|ки|ка)|reviews?|ratings?|votes|bewertung(?:en)?|rezension(?:en)?|avis|opinion[ei]s?|recension[ei]|reseñas?|valoraci(?:ón|ones)|avaliaç(?:ão|ões)|hodnocení|opini[ei]|arvostelua?/iu;
const OUT_OF_FIVE =
  /(?<![\d.,])([0-5](?:[.,]\d{1,2})?)\s*(?:★\s*)?(?:out of|of|von|sur|из|de|su|z|\/)\s*5(?:[.,]0)?(?![\d.,])/iu;
const DECIMAL = /(?<![\d.,])([1-4][.,]\d{1,2}|5[.,]00?)(?![\d.,%]|\s*[€$£₽])/u;
const STARS = /[★⭐☆]\s*([1-5](?:[.,]\d{1,2})?)(?![\d.,])/u;
const COUNT_BEFORE = /(?<![\d.,])(\d{1,3}(?:[\s.,]?\d{3})*)\s*(?:customer |verified |global |product )?$/iu;
const COUNT_AFTER = /^\s*[:(]?\s*(\d{1,3}(?:[\s.,]?\d{3})*)(?![\d.,])/u;

/** Barcode number behind its label and rating with its count, as the page shows them, each only where `known` lacks it. */
export function readDomFigures(index: PageIndex, known: ProductDraft): ProductDraft {
  const draft: ProductDraft = {};
  const gtin = known.gtin === undefined ? shownGtin(index) : null;
  if (gtin !== null) draft.gtin = found(gtin, 'dom', 0.7);
  const rating = known.rating === undefined ? shownRating(index) : null;
  if (rating !== null) draft.rating = found(rating, 'dom', 0.5);
  return draft;
}

function shownGtin(index: PageIndex): string | null {
  for (const { rest } of labelledTexts(index, GTIN)) {
    const value = gtinValue(/^\d[\d\s-]{6,18}\d(?!\d)/.exec(rest)?.[0]);
    if (value !== null) return value;
  }
  return null;
}

/** A text near the heading that counts reviews, with a value of five in the same small block. */
function shownRating(index: PageIndex): Rating | null {
  for (const { element, text } of index.texts) {
    if (text.length > 80 || !isNear(element, index) || !REVIEWS.test(text)) continue;
    const rating = ratingAround(element);
    if (rating !== null) return rating;
  }
  return null;
}

function isNear(element: Element, { zones, title }: PageIndex): boolean {
  const zone = zones.get(element);
  if (title === null || zone.isOther || zone.isCard || zone.isFurniture || zone.isHidden) return false;
  return Math.abs(placeOf(element) - placeOf(title)) <= REACH;
}

/** Climbs while the text stays that of one line. */
function ratingAround(element: Element): Rating | null {
  for (const holder of [element, ...ancestorsOf(element, 3)]) {
    const text = textOf(holder, 140);
    if (text.length > 120) return null;
    const rating = ratingIn(visible(`${hiddenLabels(holder)} ${text}`));
    if (rating !== null) return rating;
  }
  return null;
}

/** What the stars themselves are labelled with for those who do not see them. */
function hiddenLabels(holder: Element): string {
  return [holder, ...elementsUnder(holder).slice(0, 12)]
    .map((element) => `${attributeOf(element, 'aria-label')} ${attributeOf(element, 'title')}`.slice(0, 100))
    .join(' ');
}

function ratingIn(text: string): Rating | null {
  const stated = OUT_OF_FIVE.exec(text) ?? STARS.exec(text) ?? DECIMAL.exec(text);
  if (stated === null) return null;
  const value = Number((stated[1] ?? '').replace(',', '.'));
  const count = countIn(text.replace(stated[0], ' '));
  return value > 0 && count > 0 ? { value, outOf: 5, count } : null;
}

/** The number right before or after the word for reviews, 0 when there is none. */
function countIn(text: string): number {
  const word = REVIEWS.exec(text);
  if (word === null) return 0;
  const before = COUNT_BEFORE.exec(text.slice(0, word.index))?.[1];
  const after = COUNT_AFTER.exec(text.slice(word.index + word[0].length))?.[1];
  return Number((before ?? after ?? '').replace(/\D/g, ''));
}
