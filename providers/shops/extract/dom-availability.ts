import type { Element } from 'domhandler';
import type { Availability } from '../../../domain/catalog/product-page.ts';
import { parentOf, placeOf, textOf } from './dom.ts';
import type { PageIndex } from './page-index.ts';
import { found } from './product-draft.ts';
import type { ProductDraft } from './product-draft.ts';
import { stockMeaning } from './stock-words.ts';
import { isProductZone } from './zones.ts';

/** Texts longer than this talk about something else. */
const MAX_CHARS = 90;
/** How far after the product's heading its stock line may stand, elements. */
const REACH = 700;

/** Availability as the page's own words and basket button say it; `stated` is what machine-readable data claims. */
export function readDomAvailability(index: PageIndex, stated: Availability | null): ProductDraft {
  const words = stockWords(index);
  const canBuy = index.buyButtons.some((button) => isUsable(button, index) && isNearTitle(button, index));
  if (words === 'out_of_stock' && !(canBuy && stated === 'in_stock')) return says('out_of_stock', 0.7);
  if (stated === 'out_of_stock' && canBuy) return says('in_stock', 0.55);
  if (stated !== null) return {};
  if (words !== null) return says(words, 0.65);
  return canBuy ? says('in_stock', 0.5) : {};
}

function says(availability: Availability, confidence: number): ProductDraft {
  return { availability: found(availability, 'dom', confidence) };
}

/** What short texts near the product's heading say. */
function stockWords(index: PageIndex): Availability | null {
  const seen = new Set<Availability>();
  for (const { element, text } of index.texts) {
    if (text.length < 3 || text.length > MAX_CHARS || !isNearTitle(element, index)) continue;
    const says = isShownPart(element, index) ? stockMeaning(text) : null;
    if (says !== null && isStatement(element)) seen.add(says);
  }
  return STRONGEST_FIRST.find((availability) => seen.has(availability)) ?? null;
}

const STRONGEST_FIRST: readonly Availability[] = ['out_of_stock', 'in_stock', 'preorder'];

const NOT_STATEMENTS = new Set(['script', 'style', 'option', 'title', 'noscript', 'template', 'li', 'label', 'input']);

function isShownPart(element: Element, { zones }: PageIndex): boolean {
  const zone = zones.get(element);
  return !NOT_STATEMENTS.has(element.name) && isProductZone(zone) && !zone.isHidden && !zone.isLinked;
}

function isStatement(element: Element): boolean {
  return !isVariantChoice(element) && !isButtonState(element);
}

function isNearTitle(element: Element, { title }: PageIndex): boolean {
  if (title === null) return true;
  const distance = placeOf(element) - placeOf(title);
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
  return !zone.isHidden && !zone.isCard && (button.name === 'input' || textOf(button, 40) !== '');
}
