import { parseDocument } from 'htmlparser2';
import { collapse, textOf } from './dom.ts';

/** Text of a value that may hold markup or entities, white space collapsed; at most 10,000 characters. */
export function plainText(text: string): string {
  if (!/[<&]/.test(text)) return collapse(text).slice(0, 10_000);
  return textOf(parseDocument(text.slice(0, 50_000)), 10_000);
}
