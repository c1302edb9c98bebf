import type { Element } from 'domhandler';
import type { Availability } from '../../../domain/catalog/product-page.ts';
import { ownText } from './dom-labels.ts';
import { parentOf, textOf } from './dom.ts';
import type { PageIndex } from './page-index.ts';
import { found } from './product-draft.ts';
import type { ProductDraft } from './product-draft.ts';
import { stockMeaning } from './stock-words.ts';

/** Texts longer than this talk about something else. */
const MAX_CHARS = 90;
/** How far after the product's heading its stock line may stand, elements. */
const REACH = 700;

/** Availability as the page's own words and basket button say it; `stated` is what machine-readable data claims. */
export function readDomAvailability(index: PageIndex, stated: Availability | null): ProductDraft {
  const words = stockWords(index);
  const canBuy = index.buyButtons.some((button) => isUsable(button, index));
  if (words === 'out_of_stock' && !(canBuy && stated === 'in_stock')) return says('out_of_stock', 0.7);
  if (stated === 'out_of_stock' && canBuy) return says('in_stock', 0.55);
  if (stated !== null) return {};
  if (words !== null) return says(words, 0.65);
  return canBuy ? says('in_stock', 0.5) : {};
}

function says(availability: Availability, confidence: number): ProductDraft {
  return { availability: found(availability, 'dom', confidence) };
}

/** What short texts near the product's heading say; a text that repeats belongs to variants, not to the product. */
function stockWords(index: PageIndex): Availability | null {
  const seen = new Map<Availability, Set<string>>();
  for (const element of index.page.elements) {
    const text = ownText(element);
    if (text.length < 3 || text.length > MAX_CHARS || !isMainPart(element, index)) continue;
    const says = stockMeaning(text);
    if (says === null) continue;
    const places = seen.get(says) ?? new Set();
    seen.set(says, places.add(placeOf(element)));
  }
  if (seen.has('out_of_stock')) return 'out_of_stock';
  if (seen.has('in_stock')) return 'in_stock';
  return seen.has('preorder') ? 'preorder' : null;
}

function placeOf(element: Element): string {
  return `${parentOf(element)?.name ?? ''} ${parentOf(element)?.attribs['class'] ?? ''} ${element.name}`;
}

const NOT_STATEMENTS = new Set(['script', 'style', 'option', 'title', 'noscript', 'template', 'li', 'label', 'input']);

function isMainPart(element: Element, { zones, order, title }: PageIndex): boolean {
  const zone = zones.get(element);
  if (NOT_STATEMENTS.has(element.name) || zone === undefined) return false;
  if (zone.isOther || zone.isFurniture || zone.isReview || zone.isHidden || zone.isCard || zone.isLinked) return false;
  if (isVariantChoice(element) || isButtonState(element)) return false;
  if (title === null) return true;
  const distance = (order.get(element) ?? 0) - (order.get(title) ?? 0);
  return distance > -150 && distance < REACH;
}

/** Inside a list of sizes, colours or shops, where a stock word speaks of one entry. */
function isVariantChoice(element: Element): boolean {
  let steps = 0;
  for (let at: Element | null = element; at !== null && steps < 6; at = parentOf(at), steps += 1) {
    if (at.name === 'select' || at.name === 'li' || at.name === 'label') return true;
    if (
      /sizes|size[-_]?(?:select|list|option|pick|chooser|button|item|variation)|swatch|variant|option|store[-_]?(?:list|avail|stock)|pickup|gallery|image|thumb|video/i.test(
        at.attribs['class'] ?? '',
      )
    )
      return true;
  }
  return false;
}

/** One of several captions of a control, of which styles show one. */
function isButtonState(element: Element): boolean {
  const parent = parentOf(element);
  if (parent === null || (parent.name !== 'a' && parent.name !== 'button')) return false;
  return textOf(parent, 200).length > textOf(element, 200).length + 3;
}

/** A basket control that is shown and can be pressed. */
function isUsable(button: Element, { zones }: PageIndex): boolean {
  const { attribs } = button;
  if (button.name === 'form') return false;
  if ('disabled' in attribs || attribs['aria-disabled'] === 'true') return false;
  if (/disabled|inactive|sold-?out|out-?of-?stock|hidden/i.test(attribs['class'] ?? '')) return false;
  const zone = zones.get(button);
  return zone !== undefined && !zone.isHidden && !zone.isCard && (button.name === 'input' || textOf(button, 40) !== '');
}
