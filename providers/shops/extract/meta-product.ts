import { availabilityValue } from './availability-value.ts';
import { absoluteUrl, attributeOf, named } from './dom.ts';
import type { PageDom } from './page-dom.ts';
import { gtinValue } from './gtin.ts';
import { plainText } from './plain-text.ts';
import { currencyCode, structuredPrice } from './price-value.ts';
import { found } from './product-draft.ts';
import type { PageContext, ProductDraft } from './product-draft.ts';

/** All values of the page's meta tags by lower-case property or name, in page order. */
export function metaValues(page: PageDom): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const element of named(page, 'meta')) {
    const name = (element.attribs['property'] ?? element.attribs['name'] ?? '').toLowerCase();
    const content = attributeOf(element, 'content').trim();
    if (name === '' || content === '') continue;
    const known = values.get(name);
    if (known === undefined) values.set(name, [content]);
    else known.push(content);
  }
  return values;
}

/** Reads OpenGraph, `product:` and Twitter meta tags. */
export function readMetaProduct(meta: ReadonlyMap<string, readonly string[]>, page: PageContext): ProductDraft {
  const first = (...names: readonly string[]): string | undefined => {
    for (const name of names) {
      const value = meta.get(name)?.[0];
      if (value !== undefined) return value;
    }
    return undefined;
  };
  return { ...textFields(first), ...offerFields(first, page), ...imageField(meta, page) };
}

type First = (...names: readonly string[]) => string | undefined;

function textFields(first: First): ProductDraft {
  const draft: ProductDraft = {};
  const title = first('og:title', 'twitter:title');
  const brand = first('product:brand', 'og:brand');
  const sku = first('product:retailer_item_id', 'product:sku', 'og:sku');
  const mpn = first('product:mfr_part_no');
  const gtin = gtinValue(first('product:ean', 'product:upc', 'product:isbn', 'og:upc'));
  const description = first('og:description', 'description', 'twitter:description');
  if (title !== undefined) draft.title = found(plainText(title), 'opengraph');
  if (brand !== undefined) draft.brand = found(plainText(brand), 'opengraph');
  if (sku !== undefined) draft.sku = found(sku, 'opengraph');
  if (mpn !== undefined) draft.mpn = found(mpn, 'opengraph');
  if (gtin !== null) draft.gtin = found(gtin, 'opengraph');
  if (description !== undefined) draft.description = found(plainText(description), 'opengraph');
  return draft;
}

function offerFields(first: First, page: PageContext): ProductDraft {
  const draft: ProductDraft = {};
  const code =
    currencyCode(first('product:sale_price:currency', 'product:price:currency', 'og:price:currency')) ?? page.currency;
  const full = structuredPrice(first('product:price:amount', 'og:price:amount', 'product:price', 'og:price'), code);
  const sale = structuredPrice(first('product:sale_price:amount', 'product:sale_price'), code);
  const price = sale ?? full;
  if (price !== null) draft.price = found(price, 'opengraph');
  if (sale !== null && full !== null && Number(full.amount) > Number(sale.amount))
    draft.oldPrice = found(full, 'opengraph');
  const availability = availabilityValue(first('product:availability', 'og:availability'));
  if (availability !== null) draft.availability = found(availability, 'opengraph');
  return draft;
}

function imageField(meta: ReadonlyMap<string, readonly string[]>, page: PageContext): ProductDraft {
  const links = meta.get('og:image') ?? meta.get('og:image:secure_url') ?? meta.get('twitter:image') ?? [];
  const urls = [...new Set(links.flatMap((link) => absoluteUrl(link, page.url) ?? []))].slice(0, 30);
  return urls.length === 0 ? {} : { images: found(urls, 'opengraph') };
}
