import { DEFAULT_PROPOSALS, type SourceConfig } from '../../contracts/source-config.ts';

/**
 * The configuration of a source that begins at a hub. In the same shop all rules hold but those for categories; of another
 * one nothing is known yet, and it proposes nothing itself: nobody has looked at it.
 */
export function hubConfig(finder: SourceConfig, hubUrl: string): SourceConfig {
  const { pathname, host } = new URL(hubUrl);
  const common = { ...finder, startUrls: [hubUrl], render: finder.render ?? 'never' };
  if (finder.startUrls.some((url) => new URL(url).host === host)) {
    return { ...common, links: { ...finder.links, listing: [`${pathname}*`] } };
  }
  return {
    ...common,
    kind: 'page',
    links: { product: [], listing: [], ignore: [] },
    fields: {},
    api: null,
    adapter: null,
    currency: null,
    proposals: { ...DEFAULT_PROPOSALS, perDay: 0 },
  };
}

const MAX_NAME = 200;

/** Name of the source that begins at a hub: its address without the scheme, readable where it can be. */
export function hubName(hubUrl: string): string {
  const address = hubUrl.replace(/^https?:\/\//, '').replace(/\/$/, '');
  try {
    return decodeURI(address).slice(0, MAX_NAME);
  } catch {
    return address.slice(0, MAX_NAME); // escapes that are no UTF-8
  }
}
