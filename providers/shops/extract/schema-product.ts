import type { FieldOrigin, Rating } from '../../../domain/catalog/product-page.ts';
import { absoluteUrl, collapse } from './dom.ts';
import { gtinValue } from './gtin.ts';
import { asList, isRecord } from './lenient-json.ts';
import type { JsonRecord } from './lenient-json.ts';
import { plainText } from './plain-text.ts';
import { found } from './product-draft.ts';
import type { PageContext, ProductDraft } from './product-draft.ts';
import { productNodes, property, textValue, typesOf } from './schema-node.ts';
import type { ProductNode } from './schema-node.ts';
import { readOffers } from './schema-offer.ts';
import { wordOverlap } from './word-overlap.ts';

/** Reads the page's own product out of schema.org objects; `titles` (h1, og:title) tell it from its neighbours. */
export function readSchemaProduct(
  roots: readonly JsonRecord[],
  origin: FieldOrigin,
  page: PageContext & { readonly titles: readonly string[] },
): ProductDraft {
  const chosen = mainProduct(productNodes(roots), page);
  if (chosen === null) return categoryOnly(roots, origin);
  const offers = readOffers(chosen, page);
  const own = identity(chosen, origin, page);
  const draft: ProductDraft = { ...pathOf(chosen, categoryOnly(roots, origin), origin), ...own };
  if (offers.price !== null) draft.price = found(offers.price, origin);
  if (offers.highPrice !== null) draft.highPrice = found(offers.highPrice, origin);
  if (offers.oldPrice !== null) draft.oldPrice = found(offers.oldPrice, origin);
  if (offers.availability !== null) draft.availability = found(offers.availability, origin);
  if ((draft.sku === undefined || offers.chosen !== null) && offers.sku !== null) draft.sku = found(offers.sku, origin);
  if (offers.variants.length > 0) draft.variants = found(offers.variants, origin);
  return draft;
}

/** The product the page is about; null when there is none, or several in a list and none is named like the page. */
function mainProduct(
  nodes: readonly ProductNode[],
  page: PageContext & { readonly titles: readonly string[] },
): JsonRecord | null {
  const scored = nodes.map((product, index) => ({ product, score: mainScore(product, page) - index * 0.001 }));
  const best = scored.toSorted((one, other) => other.score - one.score)[0];
  if (best === undefined) return null;
  const isCrowd = nodes.length > 2 || best.product.isListed;
  return isCrowd && best.score < 1.5 ? null : best.product.node;
}

function mainScore(
  { node, isListed }: ProductNode,
  page: PageContext & { readonly titles: readonly string[] },
): number {
  const name = textValue(property(node, 'name')) ?? '';
  const overlap = Math.max(0, ...page.titles.map((title) => wordOverlap(name, title)));
  const url = textValue(property(node, 'url', '@id', 'id'));
  const isHere = url !== null && samePath(absoluteUrl(url, page.url), page.url);
  const hasOffers = property(node, 'offers', 'hasVariant') !== undefined;
  return overlap * 3 + (isHere ? 2 : 0) + (hasOffers ? 0.5 : 0) + (isListed ? -2 : 0.5);
}

function samePath(one: string | null, other: string): boolean {
  return one !== null && URL.parse(one)?.pathname === URL.parse(other)?.pathname && URL.parse(one)?.pathname !== '/';
}

function identity(node: JsonRecord, origin: FieldOrigin, page: PageContext): ProductDraft {
  const draft: ProductDraft = {};
  const texts = {
    title: textValue(property(node, 'name')),
    brand: brandOf(node),
    sku: textValue(property(node, 'sku', 'productID', 'productGroupID')),
    mpn: textValue(property(node, 'mpn', 'model')),
    gtin: gtinOf(node),
    description: textValue(property(node, 'description')),
  };
  if (texts.title !== null) draft.title = found(plainText(texts.title), origin);
  if (texts.brand !== null) draft.brand = found(plainText(texts.brand), origin);
  if (texts.sku !== null) draft.sku = found(bareSku(texts.sku), origin);
  if (texts.mpn !== null) draft.mpn = found(texts.mpn, origin);
  if (texts.gtin !== null) draft.gtin = found(texts.gtin, origin);
  if (texts.description !== null) draft.description = found(plainText(texts.description), origin);
  return { ...draft, ...richFields(node, origin, page) };
}

function richFields(node: JsonRecord, origin: FieldOrigin, page: PageContext): ProductDraft {
  const draft: ProductDraft = {};
  const images = imagesOf(property(node, 'image', 'images', 'photo'), page.url);
  if (images.length > 0) draft.images = found(images, origin);
  const attributes = attributesOf(node);
  if (Object.keys(attributes).length > 0) draft.attributes = found(attributes, origin);
  const rating = ratingOf(node);
  if (rating !== null) draft.rating = found(rating, origin);
  return draft;
}

function brandOf(node: JsonRecord): string | null {
  const brand = textValue(property(node, 'brand')) ?? textValue(property(node, 'manufacturer'));
  // "More of the brand: X" is a link's caption around the name.
  return brand?.replace(/^.{2,60}: +(?=\S)/, '') ?? null;
}

/** Without `sku:` before it and without the product's name after it. */
function bareSku(sku: string): string {
  const bare = sku.replace(/^(?:sku|mpn|id):/i, '').trim();
  const [first = ''] = bare.split(' ');
  return bare.includes(' ') && /\d{3}/.test(first) && /[a-z]{4}/i.test(bare.slice(first.length)) ? first : bare;
}

function gtinOf(node: JsonRecord): string | null {
  return gtinValue(textValue(property(node, 'gtin13', 'gtin', 'gtin14', 'gtin12', 'gtin8', 'isbn', 'ean')));
}

function imagesOf(value: unknown, base: string): readonly string[] {
  const urls = asList(value).flatMap((image) => {
    const link = isRecord(image) ? textValue(property(image, 'contentUrl', 'url', '@id')) : textValue(image);
    return link === null ? [] : (absoluteUrl(link, base) ?? []);
  });
  return [...new Set(urls)].slice(0, 30);
}

function attributesOf(node: JsonRecord): Readonly<Record<string, string>> {
  const listed = asList(property(node, 'additionalProperty')).flatMap((entry): [string, string][] => {
    if (!isRecord(entry)) return [];
    const name = textValue(entry['name']);
    const value = textValue(entry['value']);
    return name === null || value === null ? [] : [[plainText(name), plainText(value)]];
  });
  const plain = ['color', 'size', 'material', 'weight', 'pattern'].flatMap((key): [string, string][] => {
    const value = textValue(node[key]);
    return value === null ? [] : [[key, plainText(value)]];
  });
  return Object.fromEntries([...plain, ...listed].slice(0, 100));
}

function ratingOf(node: JsonRecord): Rating | null {
  const rating = property(node, 'aggregateRating');
  if (!isRecord(rating)) return null;
  const value = numberOf(property(rating, 'ratingValue'));
  if (value === null || value <= 0) return null;
  const count = numberOf(property(rating, 'reviewCount', 'ratingCount'));
  return { value, outOf: numberOf(property(rating, 'bestRating')) ?? 5, count };
}

function numberOf(value: unknown): number | null {
  const text = textValue(value);
  const number = text === null ? Number.NaN : Number(text.replace(',', '.'));
  return Number.isFinite(number) ? number : null;
}

/** The breadcrumbs without the product itself at their end, else the category that the product names. */
function pathOf(node: JsonRecord, { categoryPath }: ProductDraft, origin: FieldOrigin): ProductDraft {
  const category = textValue(property(node, 'category')) ?? '';
  const stated = /\p{L}{2}/u.test(category) ? category.split(/\s*[>›»|]\s*|\s+\/\s+/) : [];
  const names = (categoryPath?.value ?? stated.map(plainText)).filter((name) => name !== '');
  const title = plainText(textValue(property(node, 'name')) ?? '');
  const path = names.length > 1 && names.at(-1) === title ? names.slice(0, -1) : names;
  return path.length === 0 ? {} : { categoryPath: found(path.slice(0, 12), origin) };
}

/** Breadcrumbs, which stand beside the product. */
function categoryOnly(roots: readonly JsonRecord[], origin: FieldOrigin): ProductDraft {
  const flat = roots.flatMap((root) => [root, ...asList(root['@graph']).filter(isRecord)]);
  const list = flat.find((node) => typesOf(node).includes('breadcrumblist'));
  const names = asList(list?.['itemListElement']).flatMap((entry) => {
    if (!isRecord(entry)) return [];
    const item = entry['item'];
    const name = textValue(entry['name']) ?? (isRecord(item) ? textValue(item['name']) : null);
    return name === null ? [] : [collapse(plainText(name))];
  });
  return names.length === 0 ? {} : { categoryPath: found(names.slice(0, 12), origin) };
}
