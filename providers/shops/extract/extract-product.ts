import type { SourceConfig } from '../../../contracts/source-config.ts';
import type { Price, ProductPage } from '../../../domain/catalog/product-page.ts';
import { readDomAvailability } from './dom-availability.ts';
import { readDomBrand } from './dom-brand.ts';
import { readDomContent, readDomGallery } from './dom-content.ts';
import { readDomFigures } from './dom-figures.ts';
import { readDomPrice } from './dom-price.ts';
import { readSku } from './dom-sku.ts';
import { readDomVariants } from './dom-variants.ts';
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
import { found, mergeDrafts } from './product-draft.ts';
import type { PageContext, ProductDraft } from './product-draft.ts';
import { bearsOut } from './quick-check.ts';
import type { Claim } from './quick-check.ts';
import { readRdfa } from './rdfa.ts';
import { readSchemaProduct } from './schema-product.ts';
import { countRows } from './scan-rows.ts';
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
    const fast = readFast(html, jsonLd, context);
    if (fast !== null) return fast;
  }
  return readDom({ open: page, jsonLd, fields: config.fields }, context);
}

/** What JSON-LD says, where it alone says enough and the page bears it out; null otherwise. */
function readFast(html: string, jsonLd: readonly JsonRecord[], context: PageContext): ProductDraft | null {
  const stated = readSchemaProduct(jsonLd, 'json-ld', { ...context, titles: [] });
  const claim = claimOf(stated);
  if (claim === null || showsMore(html, stated)) return null;
  const evidence = bearsOut(html, claim);
  if (evidence === null) return null;
  const { oldPrice, rows } = evidence;
  // Rows that the scan cannot read, or that stand elsewhere, are left to the DOM.
  if (stated.attributes === undefined && countRows(html) > rows.length + 2) return null;
  const shown: ProductDraft = scanPageFacts(html, context);
  if (rows.length > 0) shown.attributes = found(Object.fromEntries(rows), 'dom');
  if (oldPrice !== null) shown.oldPrice = found(oldPrice, 'dom', 0.6);
  return { ...shown, ...stated };
}

/** What JSON-LD claims; null when it leaves anything of weight open. */
function claimOf(stated: ProductDraft): Claim | null {
  const { title, price, availability, sku, images, brand, description } = stated;
  if ([title, images, brand, description].includes(undefined)) return null;
  if (price === undefined || availability === undefined || sku === undefined) return null;
  if (price.value.currency === null) return null;
  return { price: price.value, availability: availability.value, sku: sku.value };
}

/** Whether the page has a field that its JSON-LD lacks: a path of categories, choices or a barcode. */
function showsMore(html: string, { categoryPath, gtin, variants }: ProductDraft): boolean {
  return (
    (categoryPath === undefined && /bread-?crumb|["\s]crumbs/i.test(html)) ||
    (variants === undefined && OPTIONS.test(html)) ||
    (gtin === undefined && /[>\s](?:GTIN|EAN|ISBN|Штрих-?код)(?:-?13)?[\s:<]/.test(html))
  );
}

const OPTIONS = /class="[^"<>]{0,80}(?:options|variants|variations|swatches|sizes)[\s"]/i;

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
    readDomVariants(index, context.url, known),
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
