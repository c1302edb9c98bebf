import type { Variant } from '../../../domain/catalog/product-page.ts';

/** The one variant whose address the page's address is, or is with more parameters; null when none or several are. */
export function chosenVariant(variants: readonly Variant[], address: string): Variant | null {
  const page = URL.parse(address);
  if (page === null || variants.length < 2) return null;
  const fitting = variants
    .map((variant) => ({ variant, fit: fit(variant.url, page) }))
    .filter(({ fit: parameters }) => parameters >= 0)
    .toSorted((one, other) => other.fit - one.fit);
  const [best, next] = fitting;
  return best === undefined || best.fit === next?.fit ? null : best.variant;
}

/** How many of the page's parameters an address names, -1 when it is another page or names other ones. */
function fit(address: string | null, page: URL): number {
  const url = address === null ? null : URL.parse(address);
  if (url?.host !== page.host || url.pathname !== page.pathname) return -1;
  const named = [...url.searchParams];
  return named.every(([name, value]) => page.searchParams.getAll(name).includes(value)) ? named.length : -1;
}
