import { decodeHTML } from 'entities';
import { collapse, textOf } from './dom.ts';
import { parsePage } from './page-dom.ts';

/** Text of a value that may hold markup or entities, white space collapsed; at most 10,000 characters. */
export function plainText(text: string): string {
  if (!text.includes('<')) return collapse(decodeHTML(text.slice(0, 50_000))).slice(0, 10_000);
  return textOf(parsePage(text.slice(0, 50_000)).document, 10_000);
}
