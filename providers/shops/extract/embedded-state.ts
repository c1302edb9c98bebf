import { absoluteUrl } from './dom.ts';
import type { PageDom } from './page-dom.ts';
import type { JsonRecord } from './lenient-json.ts';
import { found } from './product-draft.ts';
import type { PageContext, ProductDraft } from './product-draft.ts';
import { readStateFields, readStateVariants, stateSku } from './state-fields.ts';
import { nameOf, pick, productShaped, stateNode } from './state-node.ts';
import type { StateNode } from './state-node.ts';
import { readFormerPrice, readStatePrice } from './state-price.ts';
import type { StatePage } from './state-price.ts';
import { pageStates } from './state-scripts.ts';
import { wordOverlap } from './word-overlap.ts';

const LEAST_LIKENESS = 0.6;

/** A page whose scripts may hold its product. */
export interface StateInput {
  readonly page: PageDom;
  readonly html: string;
  /** What the page calls itself: heading, og:title, document title. */
  readonly titles: readonly string[];
}

interface Candidate {
  readonly record: JsonRecord;
  readonly node: StateNode;
  readonly score: number;
}

/** Reads the product object of state embedded in scripts (framework state, data layers), found by its shape and name. */
export function readEmbeddedState({ page, html, titles }: StateInput, context: PageContext): ProductDraft {
  let best: Candidate | null = null;
  for (const state of pageStates(page)) {
    for (const record of productShaped(state)) {
      const likeness = nameLikeness(record, titles);
      // Even all that a node may add to its name's likeness would not lift it above the best.
      if (likeness + 0.4 <= (best?.score ?? LEAST_LIKENESS)) continue;
      const node = stateNode(record);
      const score = likeness + richness(node, context);
      if (score > (best?.score ?? LEAST_LIKENESS)) best = { record, node, score };
    }
  }
  return best === null ? {} : fieldsOf(best, { html, context });
}

function nameLikeness(record: JsonRecord, titles: readonly string[]): number {
  const name = nameOf(record) ?? '';
  return name.length < 4 ? -1 : Math.max(0, ...titles.map((title) => wordOverlap(name, title)));
}

/** What tells the product's own object from its mentions: an article number, a price, pictures, the page's address. */
function richness(node: StateNode, context: PageContext): number {
  const url = pick(node, ['url', 'canonicalurl', 'link']);
  const isHere = typeof url === 'string' && absoluteUrl(url, context.url) === context.url;
  return (
    (stateSku(node) === null ? 0 : 0.1) +
    (PRICED.some((name) => node.has(name)) ? 0.1 : 0) +
    (node.has('images') || node.has('description') ? 0.05 : 0) +
    (isHere ? 0.15 : 0)
  );
}

const PRICED = ['price', 'saleprice', 'currentprice', 'finalprice'];

function fieldsOf({ record, node }: Candidate, page: StatePage): ProductDraft {
  const draft: ProductDraft = readStateFields(node, page.context);
  const title = nameOf(record);
  if (title !== null) draft.title = found(title, 'embedded-state');
  const price = readStatePrice(node, page);
  const variants = readStateVariants(node, price, page.context);
  if (variants.length > 1) draft.variants = found(variants, 'embedded-state');
  if (price === null) return draft;
  const former = readFormerPrice(node, price);
  const dearest = variants
    .flatMap((variant) => variant.price ?? [])
    .reduce((high, next) => (Number(next.amount) > Number(high.amount) ? next : high), price.price);
  draft.price = found(price.price, 'embedded-state', price.confidence);
  if (former !== null) draft.oldPrice = found(former, 'embedded-state', price.confidence);
  if (dearest !== price.price) draft.highPrice = found(dearest, 'embedded-state', price.confidence);
  return draft;
}
