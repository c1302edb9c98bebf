import type { Config } from '../../config/env.ts';
import type { DemoResult } from './demo.ts';
import { apiUrlOf, dataDirOf } from './embedded-set.ts';
import { chatUrlOf } from './messenger-sandbox.ts';
import type { StoryResult } from './stargifts/story.ts';
import { botApiUrlOf, controlUrlOf } from './telegram-sandbox.ts';
import { seconds } from './terminal.ts';

export interface SummaryInput {
  readonly config: Config;
  readonly shopUrl: string;
  readonly crawl: DemoResult;
  /** null = there was none. */
  readonly story: StoryResult | null;
  readonly elapsedMs: number;
}

/** What a newcomer reads when everything is up. */
export function summary({ config, shopUrl, crawl, story, elapsedMs }: SummaryInput): string {
  const api = apiUrlOf(config);
  const ui = config.embeddedTemporal
    ? `http://127.0.0.1:${config.GIFTY_TEMPORAL_UI_PORT}`
    : 'where your Temporal has it';
  return `
Ready in ${seconds(elapsedMs)}. The sample shop was discovered, read and indexed: ${crawl.text}.

  Page             ${api}/
  API, Swagger UI  ${api}/docs
  Temporal Web UI  ${ui}
  Sample shop      ${shopUrl}/${chatLine(chatUrlOf(config))}

Try: curl '${api}/api/products?query=mug'
Add a shop of your own on the page, or see docs/adding-a-shop.md.
${story === null ? '' : stargifts(config, story)}Data and logs are in ${dataDirOf(config)}. Ctrl-C ends everything; the next start finds the data again.`;
}

const chatLine = (url: string | null): string =>
  url === null ? '' : `\n  Chat page        ${url}/ (talk to the bot as in Telegram and MAX)`;

const stargifts = (config: Config, { text, name, password }: StoryResult): string => `
Star gifts, in a Telegram of their own on this machine: ${text}.

  Drops, live      ${apiUrlOf(config)}/#/drops (sign in as ${name}, password ${password})
  In the Web UI    GiftyKind = "drop"
  What bots wrote  ${botApiUrlOf(config)}/control/messages

Release another batch: curl -X POST ${controlUrlOf(config)}/releaseGifts -d '{"generate":{"count":6,"seed":${SEED}}}'

`;
/** A batch of which the demo's accounts can buy a good part. */
const SEED = 43;
