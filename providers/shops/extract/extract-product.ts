import type { SourceConfig } from '../../../contracts/source-config.ts';
import type { Price, ProductPage } from '../../../domain/catalog/product-page.ts';
import { readDomAvailability } from './dom-availability.ts';
import { readDomBrand } from './dom-brand.ts';
import { readDomContent, readDomGallery } from './dom-content.ts';
import { readDomFigures } from './dom-figures.ts';
import { readDomPrice } from './dom-price.ts';
import { readSku } from './dom-sku.ts';
import { textOf } from './dom.ts';
import { readEmbeddedState } from './embedded-state.ts';
import { readJsonLd } from './json-ld.ts';
import type { JsonRecord } from './lenient-json.ts';
import { metaValues, readMetaProduct } from './meta-product.ts';
import { readMicrodata } from './microdata.ts';
import { OpenPage } from './open-page.ts';
import { pageTitles, readPageFacts, scanPageFacts } from './page-facts.ts';
import { indexPage } from './page-index.ts';
import type { PageIndex } from './page-index.ts';
import { mergeDrafts } from './product-draft.ts';
import type { PageContext, ProductDraft } from './product-draft.ts';
import { bearsOut } from './quick-check.ts';
import { readRdfa } from './rdfa.ts';
import { readSchemaProduct } from './schema-product.ts';
import { readSelectorFields } from './selector-fields.ts';

/** One fetched page and what its source says about it. */
export interface ExtractInput {
  readonly html: string;
  /** The same page when another reader has opened it already. */
  readonly page?: OpenPage;
  /** Final address of the page, absolute http(s). */
  readonly url: string;
  readonly config: Pick<SourceConfig, 'fields' | 'language' | 'currency'>;
}

/**
 * Everything one product page says, each field with its origin and confidence; never throws on page content.
 * JSON-LD that states all that matters is taken without building a DOM; the source's selectors have the last word.
 */
export function extractProduct({ html, url, config, page = new OpenPage(html) }: ExtractInput): ProductPage {
  const context: PageContext = { url, currency: config.currency, language: config.language };
  const jsonLd = readJsonLd(html);
  if (Object.keys(config.fields).length === 0) {
    const fast = readSchemaProduct(jsonLd, 'json-ld', { ...context, titles: [] });
    if (isComplete(fast, html, url)) return { ...scanPageFacts(html, context), ...fast };
  }
  return readDom({ open: page, jsonLd, fields: config.fields }, context);
}

/** Whether JSON-LD alone says enough, and the page bears it out. */
function isComplete(draft: ProductDraft, html: string, url: string): boolean {
  const { title, price, availability, sku, images, brand } = draft;
  if (price === undefined || price.value.currency === null || sku === undefined) return false;
  if (title === undefined || images === undefined || brand === undefined) return false;
  return availability?.value === 'in_stock' && bearsOut(html, { amount: price.value.amount, sku: sku.value, url });
}

interface DomInput {
  readonly open: OpenPage;
  readonly jsonLd: readonly JsonRecord[];
  readonly fields: SourceConfig['fields'];
}

function readDom({ open, jsonLd, fields }: DomInput, context: PageContext): ProductDraft {
  const { html, dom: page, zones } = open;
  const meta = metaValues(page);
  const titles = pageTitles(page, meta);
  const index = indexPage(page, zones, titles);
  const heading = index.title === null ? [] : [textOf(index.title, 400)];
  const named = { ...context, titles: [...heading, ...titles] };
  const stated = [
    readSchemaProduct(jsonLd, 'json-ld', named),
    readSchemaProduct(readMicrodata(page, context.url), 'microdata', named),
    readSchemaProduct(readRdfa(page, context.url), 'rdfa', named),
    readMetaProduct(meta, context),
  ];
  if (lacksState(mergeDrafts(stated))) stated.push(readEmbeddedState({ page, html, titles: named.titles }, context));
  const known = mergeDrafts(stated);
  return mergeDrafts([
    readSelectorFields(page, fields, context),
    ...readShown(index, stated, context),
    readDomGallery(index, context.url, known),
    ...stated,
    known.brand === undefined ? readDomBrand(index) : {},
    readDomContent(index, context.url, known),
    readDomFigures(index, known),
    readPageFacts(page, context),
  ]);
}

/** Embedded state is dear to parse, so it is read only for what the other syntaxes leave open. */
function lacksState({ price, sku, brand, availability, images }: ProductDraft): boolean {
  return [price, sku, brand, availability, images].includes(undefined);
}

/** What the page shows where that may overrule what its data states. */
function readShown(index: PageIndex, stated: readonly ProductDraft[], context: PageContext): readonly ProductDraft[] {
  const merged = mergeDrafts(stated);
  const prices = stated.flatMap(({ price }): Price[] => (price === undefined ? [] : [price.value]));
  return [
    readDomPrice(index, { stated: prices, currency: context.currency }),
    readDomAvailability(index, merged.availability?.value ?? null),
    readSku(index, context.url, merged),
  ];
}
