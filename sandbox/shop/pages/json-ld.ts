import type { ShopProduct, ShopVariant } from '../products.ts';
import { scriptJson } from './html.ts';
import { schemaAvailability } from './product-body.ts';

type Json = Record<string, unknown>;

/** A product as a schema.org object without its offers. */
function describe(product: ShopProduct, base: string): Json {
  const { rating } = product;
  return {
    '@type': 'Product',
    '@id': `${base}${product.path}#product`,
    name: product.title,
    image: [`${base}/img/${product.id}.svg`, `${base}/img/${product.id}-2.svg`],
    description: product.description,
    sku: product.sku,
    ...(product.gtin === null ? {} : { gtin13: product.gtin }),
    brand: { '@type': 'Brand', name: product.brand },
    category: `${product.section.name} > ${product.category.name}`,
    ...(rating === null
      ? {}
      : { aggregateRating: { '@type': 'AggregateRating', ratingValue: rating.value, reviewCount: rating.count } }),
    additionalProperty: Object.entries(product.attributes).map(([name, value]) => ({
      '@type': 'PropertyValue',
      name,
      value,
    })),
  };
}

function offerOf(product: ShopProduct, base: string, variant?: ShopVariant): Json {
  const { oldPrice, currency } = product;
  return {
    '@type': 'Offer',
    url: `${base}${product.path}`,
    price: (variant?.price ?? product.price ?? 0).toFixed(2),
    priceCurrency: currency,
    availability: schemaAvailability(variant?.availability ?? product.availability),
    itemCondition: 'https://schema.org/NewCondition',
    ...(oldPrice === null || variant !== undefined
      ? {}
      : {
          priceSpecification: {
            '@type': 'UnitPriceSpecification',
            priceType: 'https://schema.org/StrikethroughPrice',
            price: oldPrice.toFixed(2),
            priceCurrency: currency,
          },
        }),
  };
}

const withOffers = (product: ShopProduct, offers: Json): Json => (product.price === null ? {} : { offers });

function plain(product: ShopProduct, base: string): Json {
  return { ...describe(product, base), ...withOffers(product, offerOf(product, base)) };
}

function aggregate(product: ShopProduct, base: string): Json {
  const offers = {
    '@type': 'AggregateOffer',
    lowPrice: product.price,
    highPrice: product.highPrice ?? product.price,
    priceCurrency: product.currency,
    offerCount: product.highPrice === null ? 1 : 3,
    availability: schemaAvailability(product.availability),
  };
  return { ...describe(product, base), ...withOffers(product, offers) };
}

function group(product: ShopProduct, base: string): Json {
  if (product.variants.length === 0) return plain(product, base);
  const { sku, ...rest } = describe(product, base);
  return {
    ...rest,
    '@type': 'ProductGroup',
    productGroupID: sku,
    variesBy: [product.variantsBy],
    hasVariant: product.variants.map((variant) => ({
      '@type': 'Product',
      name: `${product.title}, ${variant.name}`,
      sku: variant.sku,
      image: `${base}/img/${product.id}.svg`,
      offers: offerOf(product, base, variant),
    })),
  };
}

function breadcrumb(product: ShopProduct, base: string): Json {
  const { section, category } = product;
  const steps = [
    [section.name, `${base}/catalog/${section.key}/`],
    [category.name, `${base}/catalog/${section.key}/${category.slug}/`],
    [product.title, `${base}${product.path}`],
  ] as const;
  return {
    '@type': 'BreadcrumbList',
    itemListElement: steps.map(([name, item], index) => ({ '@type': 'ListItem', position: index + 1, name, item })),
  };
}

const script = (value: Json): string => `<script type="application/ld+json">${scriptJson(value)}</script>`;
const CONTEXT = { '@context': 'https://schema.org' };

/** The JSON-LD blocks of a product page in the given shape. */
export function renderJsonLd(
  product: ShopProduct,
  base: string,
  shape: 'plain' | 'graph' | 'group' | 'aggregate',
): string {
  if (shape === 'graph') {
    const page = { '@type': 'WebPage', '@id': `${base}${product.path}`, name: product.title };
    const shop = { '@type': 'Organization', '@id': `${base}/#shop`, name: 'Box of Joy' };
    return script({ ...CONTEXT, '@graph': [shop, page, breadcrumb(product, base), plain(product, base)] });
  }
  const build = { plain, group, aggregate }[shape];
  return script({ ...CONTEXT, ...breadcrumb(product, base) }) + '\n' + script({ ...CONTEXT, ...build(product, base) });
}
