import type { Rating, Variant } from '../../../domain/catalog/product-page.ts';
import { availabilityValue } from './availability-value.ts';
import { absoluteUrl } from './dom.ts';
import { gtinValue } from './gtin.ts';
import { asList, isRecord } from './lenient-json.ts';
import { plainText } from './plain-text.ts';
import { found } from './product-draft.ts';
import type { PageContext, ProductDraft } from './product-draft.ts';
import { textValue } from './schema-node.ts';
import { codeValue, nameOf, pick, stateNode } from './state-node.ts';
import type { StateNode } from './state-node.ts';
import { readPriceInScale } from './state-price.ts';
import type { StatePrice } from './state-price.ts';

const SKU = 'sku skuid productsku article vendorcode itemid productcode'.split(' ');
const BRAND = 'brand brandname itembrand manufacturer vendor'.split(' ');
const GTIN = 'gtin gtin13 ean ean13 barcode gtin14 gtin12 upc isbn isbn13'.split(' ');
const DESCRIPTION = 'description longdescription descriptionhtml fulldescription bodyhtml shortdescription'.split(' ');
const STOCK = 'availability stockstatus availabilitystatus instock isinstock isavailable available'.split(' ');
const OUT = 'soldout issoldout outofstock isoutofstock'.split(' ');
const IMAGES = 'images gallery photos pictures media imageurls image imageurl mainimage photo picture'.split(' ');
const IMAGE_LINK = 'url src href original large full contenturl big link'.split(' ');
const PATH = 'breadcrumbs categorypath categories category categoryname'.split(' ');
const ATTRIBUTES = 'attributes specifications specs characteristics properties features details params'.split(' ');
const LABEL = 'name label title key attributename'.split(' ');
const VALUE = 'value values text displayvalue'.split(' ');
const RATING = 'rating aggregaterating averagerating ratingvalue reviewsummary ratings reviews'.split(' ');
const COUNT = 'count reviewcount ratingcount reviewscount ratingscount total totalcount votes'.split(' ');
const VARIANTS = 'variants variations skus children'.split(' ');

/** What a product object of embedded state says besides its prices. */
export function readStateFields(node: StateNode, context: PageContext): ProductDraft {
  return { ...codes(node), ...texts(node), ...lists(node, context) };
}

function codes(node: StateNode): ProductDraft {
  const draft: ProductDraft = {};
  const sku = stateSku(node);
  const gtin = gtinValue(pick(node, GTIN));
  const rating = ratingOf(node);
  const availability = availabilityOf(node);
  if (sku !== null) draft.sku = found(sku, 'embedded-state');
  if (gtin !== null) draft.gtin = found(gtin, 'embedded-state');
  if (rating !== null) draft.rating = found(rating, 'embedded-state');
  if (availability !== null) draft.availability = found(availability, 'embedded-state');
  return draft;
}

/** The article number of a product object, or of its only variant. */
export function stateSku(node: StateNode): string | null {
  const own = codeValue(pick(node, SKU));
  const [only, ...others] = asList(node.get('variants'));
  return own ?? (isRecord(only) && others.length === 0 ? codeValue(only['sku']) : null);
}

function availabilityOf(node: StateNode): ReturnType<typeof availabilityValue> {
  const out = pick(node, OUT);
  return availabilityValue(pick(node, STOCK)) ?? (typeof out === 'boolean' ? availabilityValue(!out) : null);
}

function texts(node: StateNode): ProductDraft {
  const draft: ProductDraft = {};
  const brand = textValue(pick(node, BRAND));
  const description = pick(node, DESCRIPTION);
  const about = typeof description === 'string' ? plainText(description) : '';
  if (brand !== null && brand.length <= 60 && !/^\d+$/.test(brand)) draft.brand = found(brand, 'embedded-state');
  if (about.length >= 20) draft.description = found(about, 'embedded-state');
  return draft;
}

function lists(node: StateNode, context: PageContext): ProductDraft {
  const draft: ProductDraft = {};
  const images = imagesOf(node, context.url);
  const path = pathOf(pick(node, PATH));
  const attributes = attributesOf(pick(node, ATTRIBUTES));
  if (images.length > 0) draft.images = found(images, 'embedded-state');
  if (path.length > 0) draft.categoryPath = found(path, 'embedded-state');
  if (attributes.length > 0) draft.attributes = found(Object.fromEntries(attributes), 'embedded-state');
  return draft;
}

/** The pictures under the first name that holds any, at most 30. */
function imagesOf(node: StateNode, base: string): readonly string[] {
  for (const name of IMAGES) {
    const urls = asList(node.get(name)).flatMap((image) => imageUrl(image, base) ?? []);
    if (urls.length > 0) return [...new Set(urls)].slice(0, 30);
  }
  return [];
}

function imageUrl(image: unknown, base: string): string | null {
  const link = isRecord(image) ? pick(stateNode(image), IMAGE_LINK) : image;
  if (typeof link !== 'string' || link.length > 2_000 || /\s|\.(?:mp4|webm|m3u8)(?:$|\?)/i.test(link)) return null;
  const isLink = /^(?:https?:)?\/\/|^\/[^/]|\.(?:jpe?g|png|webp|avif|gif|svg)(?:$|\?)/i.test(link);
  return isLink ? absoluteUrl(link, base) : null;
}

function pathOf(value: unknown): readonly string[] {
  const steps = typeof value === 'string' ? value.split(/ *[>»|] *| \/ /) : asList(value);
  const names = steps.flatMap((step) => {
    const name = textValue(isRecord(step) ? (nameOf(step) ?? step['label']) : step);
    return name === null || name.length > 80 || !/\p{L}/u.test(name) ? [] : [plainText(name)];
  });
  return names.slice(0, 12);
}

/** Names with their texts: an object of texts, or a list of name and value; at most 100. */
function attributesOf(value: unknown): readonly (readonly [string, string])[] {
  const pairs = isRecord(value)
    ? Object.entries(value)
    : asList(value).flatMap((entry): [unknown, unknown][] => {
        const node = isRecord(entry) ? stateNode(entry) : null;
        return node === null ? [] : [[pick(node, LABEL), pick(node, VALUE)]];
      });
  return pairs.flatMap(([name, held]) => attribute(name, held)).slice(0, 100);
}

function attribute(name: unknown, value: unknown): readonly (readonly [string, string])[] {
  const text = textValue(value);
  if (typeof name !== 'string' || text === null || name.length > 60 || text.length > 300) return [];
  return /\p{L}/u.test(name) ? [[plainText(name), plainText(text)]] : [];
}

/** Stars of five, or of a scale that is given. */
function ratingOf(node: StateNode): Rating | null {
  const raw = pick(node, RATING);
  const own = isRecord(raw) ? stateNode(raw) : null;
  const value = numberOf(own === null ? raw : pick(own, ['value', 'ratingvalue', 'average', 'score', 'rating', 'avg']));
  if (value === null || value <= 0) return null;
  const outOf = numberOf(own === null ? null : pick(own, ['bestrating', 'max', 'outof', 'scale'])) ?? 5;
  const count = numberOf(pick(own ?? node, COUNT.slice(own === null ? 1 : 0)));
  return value > outOf ? null : { value, outOf, count };
}

function numberOf(value: unknown): number | null {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^\d{1,7}(?:\.\d{1,6})?$/.test(text) ? Number(text) : null;
}

/** Variants with a name and anything that tells them apart, priced in the product's scale; at most 200. */
export function readStateVariants(node: StateNode, price: StatePrice | null, context: PageContext): readonly Variant[] {
  return asList(pick(node, VARIANTS))
    .slice(0, 200)
    .flatMap((entry): Variant[] => {
      if (!isRecord(entry)) return [];
      const variant = stateNode(entry);
      const sku = stateSku(variant);
      const name = nameOf(entry) ?? textValue(pick(variant, ['label', 'option', 'size', 'color'])) ?? sku;
      const url = pick(variant, ['url', 'href', 'link']);
      return name === null
        ? []
        : [
            {
              name,
              sku,
              price: price === null ? null : readPriceInScale(variant, price),
              availability: availabilityOf(variant),
              url: typeof url === 'string' ? absoluteUrl(url, context.url) : null,
            },
          ];
    });
}
