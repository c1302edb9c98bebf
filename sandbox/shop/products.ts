import { readFamilies, type AuthoredFamily, type AuthoredItem } from './data-files.ts';
import { gtinOf, slugOf, steady } from './derive.ts';
import { SECTIONS, type Section } from './sections.ts';

export type ShopAvailability = 'in_stock' | 'out_of_stock' | 'preorder';

export interface ShopVariant {
  readonly name: string;
  readonly sku: string;
  readonly price: number;
  readonly availability: ShopAvailability;
}

/** One article as the shop knows it, whatever its page shows of it. Amounts are in units of `currency`. */
export interface ShopProduct {
  readonly id: number;
  readonly section: Section;
  readonly path: string;
  readonly category: { readonly name: string; readonly slug: string };
  readonly language: 'ru' | 'en';
  readonly currency: Section['currency'];
  readonly title: string;
  readonly brand: string;
  readonly description: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** null = on request. */
  readonly price: number | null;
  /** Upper end of a range, null when there is one price. */
  readonly highPrice: number | null;
  readonly oldPrice: number | null;
  readonly availability: ShopAvailability;
  readonly stock: number;
  readonly sku: string;
  /** null for vouchers, which carry no barcode. */
  readonly gtin: string | null;
  readonly rating: { readonly value: number; readonly count: number } | null;
  readonly variantsBy: string | null;
  readonly variants: readonly ShopVariant[];
  readonly giftable: boolean;
  readonly colour: string;
  readonly shape: string;
  readonly updatedAt: Date;
}

interface Authored {
  readonly section: Section;
  readonly family: AuthoredFamily;
  readonly item: AuthoredItem;
}

const FIRST_ID = 1001;
const DAY_MS = 86_400_000;
const OPENED = Date.UTC(2026, 0, 12, 9);

/**
 * The shop's articles: all authored ones by default. A smaller count takes them evenly from every section;
 * a larger one adds later editions, each with its own id, sku, barcode and price.
 */
export function loadProducts(count?: number): ShopProduct[] {
  const authored = SECTIONS.flatMap((section) =>
    readFamilies(section.key).flatMap((family) => family.items.map((item) => ({ section, family, item }))),
  );
  const wanted = count ?? authored.length;
  if (wanted <= authored.length) {
    const step = authored.length / wanted;
    return Array.from({ length: wanted }, (_, index) => build(authored, Math.floor(index * step)));
  }
  return Array.from({ length: wanted }, (_, index) => build(authored, index));
}

function build(authored: readonly Authored[], index: number): ShopProduct {
  const source = authored[index % authored.length];
  if (source === undefined) throw new Error('the shop has no articles');
  const { section, family, item } = source;
  const id = FIRST_ID + index;
  const edition = Math.floor(index / authored.length) + 1;
  const language = /[а-яё]/i.test(family.category) ? 'ru' : 'en';
  const title = titleOf(source, { edition, language });
  const slug = slugOf(title);
  return {
    id,
    section,
    path: section.path.replace('{category}', family.slug).replace('{slug}', slug).replace('{id}', String(id)),
    category: { name: family.category, slug: family.slug },
    language,
    currency: language === 'ru' ? 'RUB' : section.currency,
    title,
    brand: family.brand,
    description: `${item.text} ${family.about}`,
    attributes: attributesOf(source, language),
    ...priceOf(item, edition),
    ...stockOf(item, id),
    sku: skuOf(source, id),
    gtin: family.shape === 'ticket' ? null : gtinOf(id),
    rating: ratingOf(id),
    ...variantsOf(source, { id, edition }),
    giftable: family.giftable,
    colour: item.colour.replace('~', ''),
    shape: family.shape,
    updatedAt: new Date(OPENED + Math.floor(steady(id, 5) * 290) * DAY_MS + Math.floor(steady(id, 6) * 86_400) * 1000),
  };
}

function titleOf({ family, item }: Authored, { edition, language }: { edition: number; language: string }): string {
  const title = item.name.startsWith('=') ? item.name.slice(1) : family.title.replace('{}', item.name);
  if (edition === 1) return title;
  return language === 'ru' ? `${title}, выпуск ${edition}` : `${title}, edition ${edition}`;
}

function attributesOf({ family, item }: Authored, language: string): Record<string, string> {
  const colour = item.colour.startsWith('~') ? {} : { [language === 'ru' ? 'Цвет' : 'Colour']: item.colour };
  return { ...family.attributes, ...item.attributes, ...colour };
}

// Later editions cost a little more, so that equal titles of a big shop differ in price too.
const raised = (amount: number, edition: number): number => Math.round(amount * (1 + (edition - 1) * 0.01) * 100) / 100;

function priceOf(item: AuthoredItem, edition: number): Pick<ShopProduct, 'price' | 'highPrice' | 'oldPrice'> {
  const optional = (amount: number | undefined): number | null =>
    amount === undefined ? null : raised(amount, edition);
  return {
    price: item.price === null ? null : raised(item.price, edition),
    highPrice: optional(item.highPrice),
    oldPrice: optional(item.oldPrice),
  };
}

function stockOf(item: AuthoredItem, id: number): Pick<ShopProduct, 'availability' | 'stock'> {
  const availability = item.availability ?? 'in_stock';
  return { availability, stock: availability === 'in_stock' ? 1 + Math.floor(steady(id, 1) * 60) : 0 };
}

function skuOf({ section, family }: Authored, id: number): string {
  return `${section.key.slice(0, 3)}-${family.slug.slice(0, 3)}-${id}`.toUpperCase();
}

function ratingOf(id: number): ShopProduct['rating'] {
  if (steady(id, 2) < 0.15) return null;
  return { value: 4 + Math.floor(steady(id, 3) * 11) / 10, count: 3 + Math.floor(steady(id, 4) ** 2 * 240) };
}

function variantsOf(
  source: Authored,
  { id, edition }: { id: number; edition: number },
): Pick<ShopProduct, 'variants' | 'variantsBy'> {
  const variants = source.item.variants ?? source.family.variants;
  const { price } = source.item;
  if (variants === undefined || price === null) return { variants: [], variantsBy: null };
  const listed = variants.options.map(([name, more], index): ShopVariant => {
    const soldOut = source.item.availability === undefined && steady(id, 20 + index) < 0.12 && index > 0;
    return {
      name,
      sku: `${skuOf(source, id)}-${index + 1}`,
      price: raised(price + more, edition),
      availability: soldOut ? 'out_of_stock' : (source.item.availability ?? 'in_stock'),
    };
  });
  return { variants: listed, variantsBy: variants.by };
}
