import type { SourceConfig } from '../../../contracts/source-config.ts';
import type { ProductPage } from '../../../domain/catalog/product-page.ts';
import { readDomAvailability } from './dom-availability.ts';
import { readDomBrand } from './dom-brand.ts';
import { readDomPrice } from './dom-price.ts';
import { readSku } from './dom-sku.ts';
import { parsePage, textOf } from './dom.ts';
import type { PageDom } from './dom.ts';
import { readJsonLd } from './json-ld.ts';
import type { JsonRecord } from './lenient-json.ts';
import { metaValues, readMetaProduct } from './meta-product.ts';
import { readMicrodata } from './microdata.ts';
import { readEmbeddedState } from './embedded-state.ts';
import { indexPage } from './page-index.ts';
import { pageTitles, readPageFacts } from './page-facts.ts';
import { mergeDrafts } from './product-draft.ts';
import type { PageContext, ProductDraft } from './product-draft.ts';
import { readRdfa } from './rdfa.ts';
import { readSchemaProduct } from './schema-product.ts';

/** One fetched page and what its source says about it. */
export interface ExtractInput {
  readonly html: string;
  readonly url: string;
  readonly config: Pick<SourceConfig, 'fields' | 'language' | 'currency'>;
}

/** Everything one product page says, each field with its origin and confidence; never throws on page content. */
export function extractProduct({ html, url, config }: ExtractInput): ProductPage {
  const context: PageContext = { url, currency: config.currency, language: config.language };
  const jsonLd = readJsonLd(html);
  return readDom(html, jsonLd, context);
}

function readDom(html: string, jsonLd: readonly JsonRecord[], context: PageContext): ProductDraft {
  const page: PageDom = parsePage(html);
  const meta = metaValues(page);
  const titles = pageTitles(page, meta);
  const index = indexPage(page, titles);
  const heading = index.title === null ? [] : [textOf(index.title, 400)];
  const named = { ...context, titles: [...heading, ...titles] };
  const structured = [
    readSchemaProduct(jsonLd, 'json-ld', named),
    readSchemaProduct(readMicrodata(page, context.url), 'microdata', named),
    readSchemaProduct(readRdfa(page, context.url), 'rdfa', named),
    readMetaProduct(meta, context),
    readEmbeddedState(page, named),
  ];
  const stated = structured.flatMap(({ price }) => price?.value ?? []);
  const shown = readDomPrice(index, { stated, currency: context.currency });
  const availability = readDomAvailability(index, mergeDrafts(structured).availability?.value ?? null);
  const sku = readSku(index, context.url, mergeDrafts(structured));
  return mergeDrafts([shown, availability, sku, ...structured, readDomBrand(index), readPageFacts(page, context)]);
}
