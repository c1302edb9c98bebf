import type { ApiRules, SourceConfig } from '../../../contracts/source-config.ts';
import type { ProductPage } from '../../../domain/catalog/product-page.ts';
import { absoluteUrl } from './dom.ts';
import { atPath } from './json-path.ts';
import { asList, isRecord } from './lenient-json.ts';
import { textValue } from './schema-node.ts';
import { fieldsFromTexts } from './text-fields.ts';
import type { PageContext } from './product-draft.ts';

/** One answer of a JSON API, parsed. */
export interface ApiInput {
  readonly json: unknown;
  /** Address that gave the answer, absolute http(s); links in it are resolved against it. */
  readonly url: string;
  readonly rules: ApiRules;
  readonly config: Pick<SourceConfig, 'fields' | 'language' | 'currency'>;
}

/** One product of an API answer. */
export interface ApiItem {
  /** Public page of the product. */
  readonly url: string;
  readonly product: ProductPage;
}

/** What an API answer holds. */
export interface ApiPage {
  readonly items: readonly ApiItem[];
  readonly next: string | null;
  /** Entries left out because they have no usable address. */
  readonly skipped: number;
}

const MAX_ITEMS = 10_000;

/** Reads the products of a JSON API answer by the source's dot paths; entries without an address are counted and left out. */
export function readApiPage({ json, url, rules, config }: ApiInput): ApiPage {
  const listed = atPath(json, rules.items);
  const entries = Array.isArray(listed) ? listed.slice(0, MAX_ITEMS) : [];
  const items = entries.flatMap((entry): ApiItem[] => {
    const link = absoluteUrl(textAt(entry, rules.url), url);
    return link === null ? [] : [{ url: link, product: readItem(entry, config, { ...config, url: link }) }];
  });
  const next = rules.next === null ? null : absoluteUrl(textAt(json, rules.next), url);
  return { items, next: next === url ? null : next, skipped: entries.length - items.length };
}

function readItem(entry: unknown, { fields }: ApiInput['config'], context: PageContext): ProductPage {
  const texts = Object.entries(fields).map(([name, rule]) => [name, textsAt(entry, rule.select)] as const);
  return fieldsFromTexts(new Map(texts), 'api', context);
}

function textAt(value: unknown, path: string): string {
  return textsAt(value, path)[0] ?? '';
}

/** Every text at a path: of a list each entry, of objects their name, address or value. */
function textsAt(value: unknown, path: string): readonly string[] {
  return asList(atPath(value, path)).flatMap((entry) => {
    if (typeof entry === 'boolean') return [String(entry)];
    const text = isRecord(entry) ? (textValue(entry['url'] ?? entry['src']) ?? textValue(entry)) : textValue(entry);
    return text === null ? [] : [text];
  });
}
