import type { Element } from 'domhandler';
import { parentOf, textOf, visible } from './dom.ts';
import type { PageIndex } from './page-index.ts';
import { isProductZone } from './zones.ts';

/** A text that begins with a label, and what stands after it. */
export interface Labelled {
  readonly element: Element;
  readonly label: string;
  /** Text right after the label, in its own element or the next one, at most 200 characters; never empty. */
  readonly rest: string;
  /** Whether `rest` is exactly the element that the label stands before. */
  readonly isWhole: boolean;
}

/** Texts near the product that begin with `label` (a pattern anchored at the start), in page order, at most 20. */
export function labelledTexts(index: PageIndex, label: RegExp): readonly Labelled[] {
  const found: Labelled[] = [];
  for (const { element, text, labels } of index.labels) {
    if (found.length >= 20) break;
    const match = label.exec(text);
    if (match === null) continue;
    const inline = labels === null ? '' : visible(textOf(labels, 200));
    const rest = inline === '' ? restAfter(element, text, match[0].length) : inline;
    if (rest !== null) found.push({ element, label: match[0], rest, isWhole: inline !== '' });
  }
  return found;
}

/** Whether an element stands among the main product's parts. */
export function isMainPart(element: Element, { zones }: PageIndex): boolean {
  return isProductZone(zones.get(element));
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
