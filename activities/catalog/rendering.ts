import type { CrawlInput, TryPageResult } from '../../contracts/catalog.ts';
import type { SourceConfig } from '../../contracts/source-config.ts';
import type { Source } from '../../db/entities/source.ts';
import { lacksFields, pagesThatLack, reopenPages, setRendering, wholePages } from '../../db/repositories/rendering.ts';
import { findSource } from '../../db/repositories/sources.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import type { ShopReader } from '../ports.ts';
import type { BatchDeps } from './crawl-batch.ts';
import { visitPolitely } from './polite-visit.ts';
import { runBatch, type BatchResult } from './run-batch.ts';

export interface RenderDeps extends BatchDeps {
  /** Opens pages in a browser; `shops` does not. */
  readonly browser: ShopReader;
}

/** So long is a verdict on a source believed. */
const BELIEVED_MS = 7 * 24 * 3_600_000;
const SAMPLES = 3;
/** Product links that a browser must find beyond those that are there without it. */
const MORE_LINKS = 3;

/** Activities that need a browser; served by the queue `render` alone. */
export function createRenderActivities(deps: RenderDeps) {
  const em = () => deps.orm.em.fork();

  return {
    /** As `crawlBatch`, with pages opened in a browser, one at a time. */
    async renderBatch(input: CrawlInput): Promise<BatchResult> {
      const { config } = await sourceOf(deps, input.sourceId);
      const limits = { ...config.limits, concurrency: 1 };
      return await runBatch({ ...deps, shops: deps.browser }, { ...input, rendered: true }, { ...config, limits });
    },

    /** Whether a browser finds what the crawl did not, by some of its pages; keeps the verdict, and if so puts the pages back. */
    async tryRendering({ sourceId, crawlId }: CrawlInput): Promise<boolean> {
      const { config } = await sourceOf(deps, sourceId);
      const urls = await pagesThatLack(em(), crawlId, SAMPLES);
      const looks = urls.map((url) => ({ ...deps, config, crawlId, url }));
      let better = 0;
      for (const look of looks) better += (await isBetterIn(deps, look)) ? 1 : 0;
      const helps = better > 0 && better * 2 >= urls.length;
      await setRendering(em(), sourceId, helps ? 'browser' : 'static');
      if (helps) await reopenPages(em(), crawlId);
      return helps;
    },
  };
}
export type RenderActivities = ReturnType<typeof createRenderActivities>;

/** Whether a crawl of the source opens its pages in a browser from the start. */
export async function startsRendered(deps: BatchDeps, source: Source, crawlId: string): Promise<boolean> {
  const { config, id, rendering } = source;
  if (isFeed(config) || config.render === 'never' || config.render === undefined) return false;
  if (config.render === 'always') return true;
  if (rendering !== 'browser') return false;
  if (isBelieved(source) || !(await isWholeWithout(deps, source, crawlId))) return true;
  await setRendering(deps.orm.em.fork(), id, 'static');
  return false;
}

/** Whether it is worth a look if a browser would find more than this crawl without one has. */
export async function mayNeedBrowser(
  deps: BatchDeps,
  source: Source,
  { crawlId, rendered }: CrawlInput,
): Promise<boolean> {
  if (rendered === true || source.config.render !== 'auto' || isFeed(source.config)) return false;
  if (source.rendering === 'static' && isBelieved(source)) return false;
  return await lacksFields(deps.orm.em.fork(), crawlId);
}

const isFeed = ({ kind, adapter }: SourceConfig): boolean => kind === 'api' || (adapter ?? null) !== null;
const isBelieved = ({ renderingSince }: Source): boolean => Date.now() - (renderingSince?.getTime() ?? 0) < BELIEVED_MS;

/** The shop may have changed: what took a browser may come without one now. A page that does not come proves nothing. */
async function isWholeWithout(deps: BatchDeps, { id, config }: Source, crawlId: string): Promise<boolean> {
  const em = deps.orm.em.fork();
  const pages: TryPageResult[] = [];
  for (const url of await wholePages(em, id, SAMPLES)) {
    const page = await lookAt({ ...deps, config, crawlId, url }, deps.shops).catch(() => null);
    if (page !== null && page.status >= 200 && page.status < 300) pages.push(page);
  }
  const whole = pages.filter(isWhole).length;
  if (whole < pages.length) await setRendering(em, id, 'browser');
  return pages.length > 0 && whole === pages.length;
}

interface Look extends Pick<BatchDeps, 'orm' | 'robots'> {
  readonly config: SourceConfig;
  readonly crawlId: string;
  readonly url: string;
}

async function lookAt({ orm, robots, config, crawlId, url }: Look, shops: ShopReader): Promise<TryPageResult | null> {
  const em = () => orm.em.fork();
  const open = (signal: AbortSignal) => shops.tryPage({ url, config }, signal);
  return await visitPolitely({ em, robots }, { url, crawlId, limits: config.limits, open });
}

/** @throws Error when a page does not come: better no verdict than a wrong one that is believed for a week */
async function isBetterIn({ browser, shops }: RenderDeps, look: Look): Promise<boolean> {
  const [plain, rendered] = [await lookAt(look, shops), await lookAt(look, browser)];
  if (plain === null || rendered === null) return false; // robots.txt
  if (rendered.status === 0) throw new Error(`${look.url} was not rendered: ${rendered.reason ?? ''}`);
  return isBetter(rendered, plain);
}

const isWhole = ({ product }: TryPageResult): boolean => product?.title !== undefined && product.price !== undefined;
const isBetter = (rendered: TryPageResult, plain: TryPageResult): boolean =>
  (isWhole(rendered) && !isWhole(plain)) || rendered.links.products.length >= plain.links.products.length + MORE_LINKS;

async function sourceOf({ orm }: BatchDeps, sourceId: string): Promise<Source> {
  const source = await findSource(orm.em.fork(), sourceId);
  if (source === null) throw new DomainError('source-not-found', `there is no source ${sourceId}`);
  return source;
}
