import { randomUUID } from 'node:crypto';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { ReviewHubsInput } from '../../contracts/catalog.ts';
import { DEFAULT_PROPOSALS, type SourceConfig } from '../../contracts/source-config.ts';
import { proposeWaiting } from '../../db/repositories/hubs.ts';
import { findSource, putSource } from '../../db/repositories/sources.ts';
import type { CrawlSchedules, RobotsReader, ShopReader } from '../ports.ts';
import { hubConfig, hubName } from './hub-source.ts';
import { visitPolitely } from './polite-visit.ts';

export interface ProposalDeps {
  readonly orm: MikroORM;
  readonly shops: ShopReader;
  readonly robots: RobotsReader;
  readonly schedules: CrawlSchedules;
}

/** Activities on catalogues that discovery found outside of its source. */
export function createProposalActivities(deps: ProposalDeps) {
  const em = () => deps.orm.em.fork();

  return {
    /** Proposes as many as the quota allows; `onTrial` are those that the source wants to be tried. */
    async proposeHubs({ sourceId }: ReviewHubsInput): Promise<{ proposed: number; onTrial: readonly string[] }> {
      const finder = await findSource(em(), sourceId);
      if (finder === null) return { proposed: 0, onTrial: [] };
      const { perDay, activate } = finder.config.proposals ?? DEFAULT_PROPOSALS;
      const toProposal = (url: string) => ({
        sourceId: randomUUID(),
        name: hubName(url),
        config: JSON.stringify(hubConfig(finder.config, url)),
      });
      const ids = await proposeWaiting(em(), { sourceId, perDay, toProposal });
      return { proposed: ids.length, onTrial: activate === 'trial' ? ids : [] };
    },

    /** Whether the proposal's first page leads to products, read as politely as by a crawl. Retryable while its host is busy. */
    async tryProposal({ sourceId }: { readonly sourceId: string }): Promise<boolean> {
      const source = await findSource(em(), sourceId);
      const [url] = source?.config.startUrls ?? [];
      if (source?.state !== 'proposed' || url === undefined) return false;
      return await leadsToProducts(deps, { sourceId, url, config: source.config });
    },

    /** Lets a source that is still proposed be crawled by its schedule; safe to repeat. */
    async activateProposal({ sourceId }: { readonly sourceId: string }): Promise<void> {
      const source = await findSource(em(), sourceId);
      if (source === null || (source.state !== 'proposed' && source.state !== 'active')) return;
      const active = { sourceId, name: source.name, config: source.config, state: 'active' as const };
      await putSource(em(), active);
      await deps.schedules.sync(active);
    },
  };
}
export type ProposalActivities = ReturnType<typeof createProposalActivities>;

interface Trial {
  readonly sourceId: string;
  readonly url: string;
  readonly config: SourceConfig;
}

async function leadsToProducts(
  { orm, shops, robots }: ProposalDeps,
  { sourceId, url, config }: Trial,
): Promise<boolean> {
  const open = (signal: AbortSignal) => shops.tryPage({ url, config }, signal);
  const gate = { em: () => orm.em.fork(), robots };
  const page = await visitPolitely(gate, { url, crawlId: sourceId, limits: config.limits, open });
  return page !== null && page.status < 400 && (page.kind === 'product' || page.links.products.length > 0);
}
