import type { Client } from '@temporalio/client';
import type { MikroORM } from '@mikro-orm/postgresql';
import { createAccountCheckActivities } from '../activities/accounts/account-checks.ts';
import type { AccountHost } from '../activities/accounts/account-host.ts';
import { createAccountLookupActivities } from '../activities/accounts/account-lookups.ts';
import { createBotActivities } from '../activities/accounts/bots.ts';
import { createLoginActivities } from '../activities/accounts/login.ts';
import { createCrawlActivities } from '../activities/catalog/crawls.ts';
import { createReplayActivities } from '../activities/catalog/replays.ts';
import { createProposalActivities } from '../activities/catalog/proposals.ts';
import { createRenderActivities } from '../activities/catalog/rendering.ts';
import { createSourceActivities } from '../activities/catalog/sources.ts';
import type { TelegramAccounts } from '../activities/ports/telegram-account.ts';
import { createIndexActivities } from '../activities/recommend/indexing.ts';
import { requestIndexing } from '../client/indexing.ts';
import { createSenderWaker, wakeOutbox } from '../client/outbox.ts';
import { deleteCrawlSchedules, syncCrawlSchedules } from '../client/schedules.ts';
import { adviceSettings, type AdviceVariables } from '../config/advice.ts';
import { embeddingSettings, type EmbeddingVariables } from '../config/embedding.ts';
import { wakeWatch } from '../client/stargifts.ts';
import type { Config } from '../config/env.ts';
import type { SecretBox } from '../db/secrets.ts';
import { createAdvisor } from '../providers/openai/advisor.ts';
import { createEmbedder } from '../providers/openai/embedder.ts';
import { createBrowserFetcher } from '../providers/shops/render/browser-fetcher.ts';
import { createShopReader } from '../providers/shops/shop-reader.ts';
import { createRobotsReader } from '../providers/shops/robots-reader.ts';
import { createFetcher } from '../providers/shops/fetch/fetcher.ts';
import { createTelegramBots } from '../providers/telegram-bot/bots.ts';
import { createAgendaActivities } from './agenda-activities.ts';
import { createTalkActivities } from './dialog-activities.ts';
import { createMessengerActivities } from './messenger-activities.ts';
import type { OwnBots } from './own-bots.ts';
import { createStargiftActivities } from './stargift-activities.ts';

export interface ActivityInput {
  readonly config: Pick<
    Config,
    | 'GIFTY_FETCH_ALLOW'
    | 'GIFTY_USER_AGENT'
    | 'GIFTY_PROXIES'
    | 'GIFTY_RAW_PAGE_DAYS'
    | 'GIFTY_CHROMIUM'
    | 'GIFTY_TELEGRAM_BOT_API'
    | 'OWNER_IDS'
  > &
    EmbeddingVariables &
    AdviceVariables;
  readonly client: Client;
  readonly orm: MikroORM;
  readonly secrets: SecretBox;
  readonly accounts: TelegramAccounts;
  /** Of this process; it holds accounts only once it is started. */
  readonly host: AccountHost;
  readonly ownBots: OwnBots;
}

/** Kept pages of one source at most; about 50,000 of 30 kB. */
const MAX_RAW_BYTES = 512_000_000;

/** Composition root: every activity with the adapters it needs. */
export function createActivities({ config, client, orm, secrets, accounts, host, ownBots }: ActivityInput) {
  const em = () => orm.em.fork();
  const fetcher = createFetcher({
    userAgent: config.GIFTY_USER_AGENT,
    allow: config.GIFTY_FETCH_ALLOW,
    proxies: config.GIFTY_PROXIES,
  });
  const shops = createShopReader(fetcher);
  const robots = createRobotsReader(fetcher, config.GIFTY_USER_AGENT);
  const bots = createTelegramBots({ apiRoot: config.GIFTY_TELEGRAM_BOT_API });
  const schedules = {
    sync: syncCrawlSchedules.bind(null, client),
    remove: deleteCrawlSchedules.bind(null, client),
  };
  const onSignedIn = async (userId: string) => {
    await host.lookAgain();
    await wakeWatch(client, userId);
  };
  const wakeSenders = createSenderWaker(client);
  const keepDays = config.GIFTY_RAW_PAGE_DAYS;
  const settings = embeddingSettings(config);
  const model = adviceSettings(config);
  const indexing = { request: requestIndexing.bind(null, client) };
  const crawling = {
    ...{ orm, shops, robots },
    rawPages: keepDays > 0 ? { keepDays, maxBytes: MAX_RAW_BYTES } : null,
  };
  const browser = createBrowserFetcher({
    userAgent: config.GIFTY_USER_AGENT,
    allow: config.GIFTY_FETCH_ALLOW,
    chromium: config.GIFTY_CHROMIUM,
    plain: fetcher,
  });
  return {
    ...createCrawlActivities(crawling),
    ...createRenderActivities({ ...crawling, browser: createShopReader(browser) }),
    ...createReplayActivities({ orm, shops }),
    ...createSourceActivities({ orm, shops, schedules }),
    ...createProposalActivities({ orm, shops, robots, schedules }),
    ...createLoginActivities({ em, secrets, accounts, onSignedIn }),
    ...createAccountCheckActivities({ em, pool: host }),
    ...createAccountLookupActivities({ em }),
    ...createBotActivities({ em, secrets, bots, wakeOutbox: wakeOutbox.bind(null, client) }),
    ...createMessengerActivities({ orm, client, secrets, bots, own: ownBots }),
    ...createStargiftActivities({ orm, client, pool: host }),
    ...createAgendaActivities({ orm, client, wakeSenders, advisor: model === null ? null : createAdvisor(model) }),
    ...createTalkActivities({ orm, client, own: ownBots, wakeSenders, ownerIds: config.OWNER_IDS }),
    ...createIndexActivities({ orm, embedder: settings === null ? null : createEmbedder(settings), indexing }),
  };
}
