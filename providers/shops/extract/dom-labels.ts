import { isText } from 'domhandler';
import type { Element } from 'domhandler';
import { collapse, parentOf, textOf } from './dom.ts';
import type { PageIndex } from './page-index.ts';

const SILENT = new Set(['script', 'style', 'noscript', 'template', 'option', 'button']);

/** A text that begins with a label, and what stands after it. */
export interface Labelled {
  readonly element: Element;
  readonly label: string;
  /** Text right after the label, in its own element or the next one, at most 200 characters; never empty. */
  readonly rest: string;
}

/** Texts near the product that begin with `label` (a pattern anchored at the start), in page order, at most 20. */
export function labelledTexts(index: PageIndex, label: RegExp): readonly Labelled[] {
  const found: Labelled[] = [];
  for (const element of index.page.elements) {
    if (found.length >= 20) break;
    const own = ownText(element);
    if (own.length < 2 || own.length > 90) continue;
    const match = label.exec(own);
    if (match === null || !isMainPart(element, index)) continue;
    const rest = restAfter(element, own, match[0].length);
    if (rest !== null) found.push({ element, label: match[0], rest });
  }
  return found;
}

/** Whether an element stands among the main product's parts. */
export function isMainPart(element: Element, { zones }: PageIndex): boolean {
  const zone = zones.get(element);
  return zone !== undefined && !zone.isOther && !zone.isReview && !zone.isCard && !zone.isFurniture;
}

/** An element's own text, not that of its children, without the invisible marks of writing direction. */
export function ownText(element: Element): string {
  if (SILENT.has(element.name)) return '';
  let text = '';
  for (const child of element.children) {
    if (isText(child)) text += child.data;
    if (text.length > 300) return '';
  }
  return text === '' ? '' : visible(text);
}

/** White space collapsed, zero-width and direction marks dropped. */
export function visible(text: string): string {
  return collapse(text.replace(/[\u200b-\u200f\u202a-\u202e\ufeff]/g, ''));
}

function restAfter(element: Element, own: string, labelLength: number): string | null {
  const inside = stripped(own.slice(labelLength));
  if (inside !== '') return inside;
  let steps = 0;
  for (let at: Element | null = element; at !== null && steps < 4; at = parentOf(at), steps += 1) {
    const text = visible(textOf(at, 400));
    const start = text.indexOf(own);
    const rest = start < 0 ? '' : stripped(text.slice(start + own.length));
    if (rest !== '') return rest.slice(0, 200);
  }
  return null;
}

function stripped(text: string): string {
  return text.replace(/^[\s:.#№°|–-]+/, '').trim();
}
