/** Filters of a search; an absent one does not filter. Prices are inclusive, in minor units of `currency`. */
export interface ProductFilters {
  readonly sourceIds?: readonly string[];
  readonly currency?: string;
  readonly minPriceMinor?: number;
  readonly maxPriceMinor?: number;
  /** true = in stock only, false = all that is not known to be in stock. */
  readonly inStock?: boolean;
}

/** A piece of SQL with the values of its placeholders. */
export interface Sql {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The filters as a condition over the table `product`; gone products never pass. */
export function filterSql({ sourceIds, currency, minPriceMinor, maxPriceMinor, inStock }: ProductFilters): Sql {
  const all: [string, ...unknown[]][] = [['product.gone_at is null']];
  if (sourceIds !== undefined)
    all.push(['product.source_id in (select jsonb_array_elements_text(?::jsonb)::uuid)', JSON.stringify(sourceIds)]);
  if (currency !== undefined) all.push(['product.currency = ?', currency]);
  if (minPriceMinor !== undefined) all.push(['product.price_minor >= ?', minPriceMinor]);
  if (maxPriceMinor !== undefined) all.push(['product.price_minor <= ?', maxPriceMinor]);
  if (inStock === true) all.push([`product.availability = 'in_stock'`]);
  if (inStock === false) all.push([`product.availability is distinct from 'in_stock'`]);
  return { text: all.map(([sql]) => sql).join(' and '), values: all.flatMap(([, ...values]) => values) };
}
