import type { Seeds } from '../../activities/ports.ts';
import type { SourceConfig } from '../../contracts/source-config.ts';
import { adapterOf } from './adapters/registry.ts';

/** Where a crawl of the source begins: its start URLs, or what its adapter makes of them. */
export function seedsOf(config: SourceConfig): Seeds {
  const adapter = adapterOf(config);
  if (adapter !== null) return { pages: adapter.seeds(config), sitemaps: false };
  const isApi = config.kind === 'api';
  return {
    pages: config.startUrls.map((url) => ({ url, kind: isApi ? 'api' : isSitemap(url) ? 'sitemap' : 'listing' })),
    sitemaps: !isApi,
  };
}

const isSitemap = (url: string): boolean => /\.xml(\.gz)?$/.test(new URL(url).pathname);
