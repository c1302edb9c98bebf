import { z } from 'zod';
import { port, variableMeta } from './variable-meta.ts';

/** Where the embedded set listens when nothing else is said; `npm start` and single processes must agree on it. */
export const DEFAULT_PORTS = {
  ...{ api: 8080, temporalUi: 8233, temporal: 7233, postgres: 54_329, shop: 8090 },
  ...{ telegramDc: 8091, telegramControl: 8092, botApi: 8093, max: 8094, chat: 8095 },
} as const;

const EMBEDDED = 'The embedded set of npm start';

/** What `npm start` brings up, and where. */
export const EMBEDDED_VARIABLES = {
  GIFTY_DATA_DIR: z.string().min(1).default('.data').register(variableMeta, {
    section: EMBEDDED,
    description: 'Folder of the embedded database, the Temporal server and the logs',
  }),
  GIFTY_POSTGRES_PORT: port(DEFAULT_PORTS.postgres).register(variableMeta, {
    section: EMBEDDED,
    description: 'Port of the embedded Postgres',
  }),
  GIFTY_TEMPORAL_PORT: port(DEFAULT_PORTS.temporal).register(variableMeta, {
    section: EMBEDDED,
    description: 'Port of the embedded Temporal server',
  }),
  GIFTY_TEMPORAL_UI_PORT: port(DEFAULT_PORTS.temporalUi).register(variableMeta, {
    section: EMBEDDED,
    description: 'Port of the Temporal Web UI',
  }),
  GIFTY_SHOP_PORT: port(DEFAULT_PORTS.shop).register(variableMeta, {
    section: EMBEDDED,
    description: 'Port of the sample shop',
  }),
  GIFTY_TELEGRAM: z.enum(['sandbox', 'production']).default('sandbox').register(variableMeta, {
    section: EMBEDDED,
    description:
      "sandbox: npm start brings up a Telegram of its own on loopback, unless GIFTY_TELEGRAM_DC or GIFTY_TELEGRAM_BOT_API names another one; production: nothing of it is started, accounts and bots are Telegram's",
  }),
  GIFTY_TELEGRAM_DC_PORT: port(DEFAULT_PORTS.telegramDc).register(variableMeta, {
    section: EMBEDDED,
    description: "Port of the sandbox's datacentre (MTProto)",
  }),
  GIFTY_TELEGRAM_CONTROL_PORT: port(DEFAULT_PORTS.telegramControl).register(variableMeta, {
    section: EMBEDDED,
    description: "Port of the datacentre's control API: releases gifts, shows codes and ledgers",
  }),
  GIFTY_BOT_API_PORT: port(DEFAULT_PORTS.botApi).register(variableMeta, {
    section: EMBEDDED,
    description: "Port of the sandbox's Bot API server",
  }),
  GIFTY_MAX: z.enum(['sandbox', 'production']).default('sandbox').register(variableMeta, {
    section: EMBEDDED,
    description:
      "sandbox: npm start brings up a MAX of its own on loopback, unless GIFTY_MAX_API names another one; production: nothing of it is started, the bot is MAX's",
  }),
  GIFTY_MAX_PORT: port(DEFAULT_PORTS.max).register(variableMeta, {
    section: EMBEDDED,
    description: "Port of the sandbox's MAX server",
  }),
  GIFTY_CHAT_PORT: port(DEFAULT_PORTS.chat).register(variableMeta, {
    section: EMBEDDED,
    description: 'Port of the page on which one talks to the bots of the sandboxes',
  }),
} as const;
