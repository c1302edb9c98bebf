import type { Availability, Price, Variant } from '../../../domain/catalog/product-page.ts';
import { availabilityValue } from './availability-value.ts';
import { absoluteUrl } from './dom.ts';
import { asList, isRecord } from './lenient-json.ts';
import type { JsonRecord } from './lenient-json.ts';
import { currencyCode, structuredPrice } from './price-value.ts';
import type { PageContext } from './product-draft.ts';
import { chosenVariant } from './variant-choice.ts';
import { property, textValue, typesOf } from './schema-node.ts';

/** What the offers of one product say together. */
export interface OfferReading {
  readonly price: Price | null;
  readonly highPrice: Price | null;
  readonly oldPrice: Price | null;
  readonly availability: Availability | null;
  readonly sku: string | null;
  readonly variants: readonly Variant[];
  /** The variant that the page's own address names, null when it names none. */
  readonly chosen: Variant | null;
}

const MAX_OFFERS = 200;

/** Reads `offers` in every usual form: one, a list, AggregateOffer, price specifications, variants of a group. */
export function readOffers(product: JsonRecord, context: PageContext): OfferReading {
  const own = offersOf(product);
  const variants = variantsOf(product, own, context);
  const aggregate = own.find(isAggregate);
  const singles = [...own.filter((offer) => !isAggregate(offer)), ...own.filter(isAggregate).flatMap(offersOf)];
  const offer = chosenOffer(singles, context);
  const { price, highPrice } = priceRange({ offer, aggregate, singles, variants }, context);
  const whole: OfferReading = {
    price,
    highPrice,
    oldPrice: offer === undefined ? null : strikePrice(offer, context),
    availability: groupAvailability(offer ?? aggregate ?? product, variants),
    sku: offer === undefined ? null : textValue(property(offer, 'sku')),
    variants,
    chosen: chosenVariant(variants, context.url),
  };
  return whole.chosen === null ? whole : ofVariant(whole, whole.chosen);
}

/** A chosen variant's own price and stock stand for the page. */
function ofVariant(whole: OfferReading, { price, availability, sku }: Variant): OfferReading {
  const own = price === null ? {} : { price, highPrice: null };
  return { ...whole, ...own, availability: availability ?? whole.availability, sku: sku ?? whole.sku };
}

interface RangeParts {
  readonly offer: JsonRecord | undefined;
  readonly aggregate: JsonRecord | undefined;
  readonly singles: readonly JsonRecord[];
  readonly variants: readonly Variant[];
}

/** The chosen offer's price, else the lowest one; the highest only where it is higher. */
function priceRange(parts: RangeParts, context: PageContext): Pick<OfferReading, 'price' | 'highPrice'> {
  const { offer, aggregate, singles, variants } = parts;
  const ofVariants = variants.flatMap(({ price }) => (price === null ? [] : [price]));
  const range = rangeOf([...prices(singles, context), ...ofVariants]);
  const low = aggregate === undefined ? null : aggregatePrice(aggregate, ['lowPrice', 'price'], context);
  const high = aggregate === undefined ? null : aggregatePrice(aggregate, ['highPrice'], context);
  const price = (offer === undefined ? null : offerPrice(offer, context)) ?? low ?? range.low;
  return { price, highPrice: atLeastAbove(high ?? range.high, price) };
}

function offersOf(node: JsonRecord): readonly JsonRecord[] {
  return asList(property(node, 'offers', 'offer'))
    .flatMap((offer) => (isRecord(offer) ? [offer] : []))
    .slice(0, MAX_OFFERS);
}

function isAggregate(offer: JsonRecord): boolean {
  return typesOf(offer).includes('aggregateoffer') || property(offer, 'lowPrice') !== undefined;
}

/** The offer of the page's own URL, else the first for sale with a price, else the first with one. */
function chosenOffer(offers: readonly JsonRecord[], context: PageContext): JsonRecord | undefined {
  const priced = offers.filter((offer) => offerPrice(offer, context) !== null);
  const own = priced.filter((offer) => textValue(property(offer, 'url')) === context.url);
  const forSale = priced.find((offer) => availabilityValue(property(offer, 'availability')) !== 'out_of_stock');
  return (own.length === 1 ? own[0] : undefined) ?? forSale ?? priced[0] ?? offers[0];
}

function currencyOf(node: JsonRecord, context: PageContext): string | null {
  return currencyCode(textValue(property(node, 'priceCurrency', 'currency'))) ?? context.currency;
}

/** Price of one offer: its own, else the specification that is neither struck through nor per unit. */
function offerPrice(offer: JsonRecord, context: PageContext): Price | null {
  const currency = currencyOf(offer, context);
  const own = structuredPrice(textValue(property(offer, 'price')), currency);
  if (own !== null) return own;
  const specifications = asList(property(offer, 'priceSpecification')).filter(isRecord);
  const current = specifications.filter((specification) => !isListPrice(specification) && !isDelivery(specification));
  for (const specification of current) {
    const price = structuredPrice(
      textValue(property(specification, 'price', 'minPrice')),
      currencyOf(specification, { ...context, currency }),
    );
    if (price !== null) return price;
  }
  return null;
}

function strikePrice(offer: JsonRecord, context: PageContext): Price | null {
  const listed = asList(property(offer, 'priceSpecification')).filter(isRecord).find(isListPrice);
  return listed === undefined
    ? null
    : structuredPrice(
        textValue(property(listed, 'price')),
        currencyOf(listed, { ...context, currency: currencyOf(offer, context) }),
      );
}

function isListPrice(specification: JsonRecord): boolean {
  return /listprice|srp|msrp|strikethrough|regularprice/i.test(textValue(property(specification, 'priceType')) ?? '');
}

function isDelivery(specification: JsonRecord): boolean {
  return typesOf(specification).some(
    (type) => type === 'deliverychargespecification' || type === 'paymentchargespecification',
  );
}

function aggregatePrice(aggregate: JsonRecord, names: readonly string[], context: PageContext): Price | null {
  return structuredPrice(textValue(property(aggregate, ...names)), currencyOf(aggregate, context));
}

function prices(offers: readonly JsonRecord[], context: PageContext): readonly Price[] {
  return offers.flatMap((offer) => offerPrice(offer, context) ?? []);
}

function rangeOf(all: readonly Price[]): { readonly low: Price | null; readonly high: Price | null } {
  const sorted = all.toSorted((one, other) => Number(one.amount) - Number(other.amount));
  return { low: sorted[0] ?? null, high: sorted.at(-1) ?? null };
}

function atLeastAbove(high: Price | null, low: Price | null): Price | null {
  return high !== null && low !== null && Number(high.amount) > Number(low.amount) ? high : null;
}

/** A group is in stock when any of its variants is; else what its offer says. */
function groupAvailability(offer: JsonRecord, variants: readonly Variant[]): Availability | null {
  const own = availabilityValue(property(offer, 'availability'));
  if (variants.length === 0) return own;
  if (variants.some((variant) => variant.availability === 'in_stock')) return 'in_stock';
  return own ?? variants[0]?.availability ?? null;
}

/** Variants: `hasVariant` of a ProductGroup, or the offers of one product when they differ in sku or name. */
function variantsOf(product: JsonRecord, own: readonly JsonRecord[], context: PageContext): readonly Variant[] {
  const models = asList(property(product, 'hasVariant', 'model'))
    .filter(isRecord)
    .slice(0, MAX_OFFERS);
  const fromGroup = models.flatMap((model) => {
    const offer = offersOf(model)[0];
    return variantOf(model, offer ?? model, context);
  });
  if (fromGroup.length > 0) return fromGroup;
  const offers = own.flatMap((offer) => (isAggregate(offer) ? offersOf(offer) : [offer]));
  const keys = new Set(offers.map((offer) => textValue(property(offer, 'sku', 'name', 'url'))));
  return offers.length > 1 && keys.size === offers.length && !keys.has(null)
    ? offers.flatMap((offer) => variantOf(offer, offer, context))
    : [];
}

function variantOf(described: JsonRecord, offer: JsonRecord, context: PageContext): readonly Variant[] {
  const offered = property(offer, 'itemOffered');
  const name = textValue(property(described, 'name')) ?? (isRecord(offered) ? textValue(offered) : null);
  const sku = textValue(property(described, 'sku') ?? property(offer, 'sku'));
  const label = name ?? sku;
  if (label === null) return [];
  const url = textValue(property(offer, 'url') ?? property(described, 'url'));
  return [
    {
      name: label,
      sku,
      price: offerPrice(offer, context),
      availability: availabilityValue(property(offer, 'availability')),
      url: url === null ? null : absoluteUrl(url, context.url),
    },
  ];
}
