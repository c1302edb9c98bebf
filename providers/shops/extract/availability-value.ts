import type { Availability } from '../../../domain/catalog/product-page.ts';
import { isRecord } from './lenient-json.ts';

const BY_NAME: readonly (readonly [RegExp, Availability])[] = [
  [/discontinued/, 'discontinued'],
  [/outofstock|soldout|unavailable|notavailable|oos|agotado|backorder/, 'out_of_stock'],
  [/preorder|presale/, 'preorder'],
  [/instock|instoreonly|onlineonly|limitedavailability|madetoorder|reserved|available/, 'in_stock'],
];

/** A schema.org, OpenGraph or feed availability value (`http://schema.org/InStock`, `in stock`, true); null when it says none. */
export function availabilityValue(value: unknown): Availability | null {
  if (typeof value === 'boolean') return value ? 'in_stock' : 'out_of_stock';
  if (Array.isArray(value)) return availabilityValue(value[0]);
  if (isRecord(value)) return availabilityValue(value['@id'] ?? value['url'] ?? value['name']);
  if (typeof value !== 'string') return null;
  const name = value
    .slice(value.lastIndexOf('/') + 1)
    .toLowerCase()
    .replace(/[^a-z]/g, '');
  return BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
