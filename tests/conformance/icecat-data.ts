import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ProductRecord } from '../../domain/catalog/product-record.ts';
import { productRecord } from '../support/product-record.ts';

const Product = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string().nullish(),
  brand: z.string().nullish(),
  attrs: z.string().nullish(),
  class: z.string().nullish(),
  price_cents: z.number().nullish(),
  currency: z.string().nullish(),
});
const Query = z.object({ id: z.string(), query: z.string() });

export interface RelevanceData {
  /** By the id that the labels use, which is the last part of the URL. */
  readonly products: readonly ProductRecord[];
  readonly queries: readonly z.output<typeof Query>[];
  /** Query id → product id → rating 0..3. */
  readonly labels: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

const BASE = 'https://icecat.test/';

/** The id that the labels use, from a product's URL. */
export const labelledId = (url: string): string => url.slice(BASE.length);

/** Reads a folder with `products.jsonl`, `queries.*.jsonl` and `qrels.*.tsv`. @throws when a file is not as expected */
export function readRelevanceData(folder: string): RelevanceData {
  const files = readdirSync(folder);
  const matching = (pattern: RegExp) => files.filter((name) => pattern.test(name)).sort();
  return {
    products: readLines(join(folder, 'products.jsonl'), Product).map(toRecord),
    queries: matching(/^queries\..+\.jsonl$/).flatMap((name) => readLines(join(folder, name), Query)),
    labels: readLabels(matching(/^qrels\..+\.tsv$/).map((name) => join(folder, name))),
  };
}

function readLines<T>(file: string, schema: z.ZodType<T>): T[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => schema.parse(JSON.parse(line)));
}

function toRecord({ id, title, attrs, ...product }: z.output<typeof Product>): ProductRecord {
  const text = (value: string | null | undefined) => ((value ?? '') === '' ? null : (value ?? null));
  const category = text(product.class);
  return productRecord({
    url: BASE + id,
    title,
    description: text(product.description),
    brand: text(product.brand),
    attributes: Object.fromEntries((text(attrs)?.split('; ') ?? []).map(nameAndValue)),
    categoryPath: category === null ? [] : [category],
    priceMinor: product.price_cents ?? null,
    currency: text(product.currency),
  });
}

function nameAndValue(attribute: string): [name: string, value: string] {
  const colon = attribute.indexOf(': ');
  return colon === -1 ? [attribute, ''] : [attribute.slice(0, colon), attribute.slice(colon + 2)];
}

function readLabels(files: readonly string[]): Map<string, Map<string, number>> {
  const labels = new Map<string, Map<string, number>>();
  for (const line of files.flatMap((file) => readFileSync(file, 'utf8').split('\n'))) {
    const [query, product, rating] = line.split('\t');
    if (query === undefined || product === undefined || rating === undefined) continue;
    const ratings = labels.get(query) ?? new Map<string, number>();
    labels.set(query, ratings.set(product, Number(rating)));
  }
  return labels;
}
