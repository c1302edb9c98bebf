import { selectAll } from 'css-select';
import type { Document, Element } from 'domhandler';
import type { FieldRule, SourceConfig } from '../../../contracts/source-config.ts';
import type { PageDom } from './page-dom.ts';
import { textOf } from './dom.ts';
import { fieldsFromTexts } from './text-fields.ts';
import type { PageContext, ProductDraft } from './product-draft.ts';

const LINK_ATTRIBUTES = ['content', 'src', 'href', 'value', 'datetime'];
const MAX_MATCHES = 60;

/** Reads the fields for which the source has CSS selectors; a selector that cannot be read or matches nothing yields no field. */
export function readSelectorFields(page: PageDom, fields: SourceConfig['fields'], context: PageContext): ProductDraft {
  const texts = Object.entries(fields).map(([name, rule]) => [name, matchedTexts(page, rule)] as const);
  return fieldsFromTexts(new Map(texts), 'selector', context);
}

function matchedTexts(page: PageDom, rule: FieldRule): readonly string[] {
  return select(page, rule.select)
    .slice(0, MAX_MATCHES)
    .map((element) => valueOf(element, rule.attribute))
    .filter((text) => text !== '');
}

function select(page: PageDom, selector: string): readonly Element[] {
  try {
    return selectAll<Document | Element, Element>(selector, page.document);
  } catch {
    return [];
  }
}

function valueOf(element: Element, attribute: string | undefined): string {
  if (attribute !== undefined) return (element.attribs[attribute] ?? '').trim();
  const text = textOf(element, 10_000);
  if (text !== '') return text;
  for (const name of LINK_ATTRIBUTES) {
    const value = element.attribs[name];
    if (value !== undefined && value.trim() !== '') return value.trim();
  }
  return '';
}
