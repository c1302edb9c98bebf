import { z } from 'zod';
import { DEFAULT_PORTS, EMBEDDED_VARIABLES } from './embedded-variables.ts';
import { parseKeyRing } from './key-ring.ts';
import { port, url, variableMeta } from './variable-meta.ts';

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== ''),
);

const proxyList = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )
  // The message must not quote a password.
  .refine((proxies) => proxies.every((proxy) => /^https?:$/.test(URL.parse(proxy)?.protocol ?? '')), {
    error: 'must be http:// or https:// URLs with commas between',
  });

export const MAX_API = 'https://platform-api2.max.ru';
export const TELEGRAM_BOT_API = 'https://api.telegram.org';

const PROGRAM = 'The program';

/** Every environment variable that the program reads, in the order of `.env.example`. */
export const Variables = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development').register(variableMeta, {
    section: PROGRAM,
    description: 'production refuses development keys and weak secrets',
  }),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .register(variableMeta, {
      section: PROGRAM,
      description: 'Least important log line that is written',
    }),
  DATABASE_URL: url(/^postgres(ql)?$/, 'must be a postgres:// URL')
    .optional()
    .register(variableMeta, {
      section: PROGRAM,
      description: 'Postgres 17+ with pgvector; absent: the embedded one (required in production)',
      example: 'postgres://gifty:PASSWORD@127.0.0.1:5432/gifty',
      secret: true,
    }),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s/]+:\d+$/, 'must be host:port')
    .optional()
    .register(variableMeta, {
      section: PROGRAM,
      description: 'Temporal frontend; absent: the embedded development server (required in production)',
      example: '127.0.0.1:7233',
    }),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default').register(variableMeta, {
    section: PROGRAM,
    description: 'Namespace of our workflows',
  }),
  GIFTY_API_HOST: z.string().min(1).default('127.0.0.1').register(variableMeta, {
    section: PROGRAM,
    description: 'Address the API listens on; anything but a loopback address requires GIFTY_OPERATOR_TOKEN',
  }),
  GIFTY_API_PORT: port(DEFAULT_PORTS.api).register(variableMeta, {
    section: PROGRAM,
    description: 'Port of the API, the page and Swagger UI',
  }),
  GIFTY_OPERATOR_TOKEN: z.string().optional().register(variableMeta, {
    section: PROGRAM,
    description: 'Bearer token for the API, at least 24 characters: openssl rand -base64 32',
    example: '',
    secret: true,
  }),
  GIFTY_KEYS: z.string().transform(parseKeyRing).optional().register(variableMeta, {
    section: PROGRAM,
    description:
      'Keys that encrypt workflow payloads and secrets in the database (AES-256), id:base64 with commas between; the first encrypts, all decrypt: openssl rand -base64 32 (required in production)',
    example: '',
    secret: true,
  }),
  GIFTY_FETCH_ALLOW: list.default([]).register(variableMeta, {
    section: PROGRAM,
    description: 'Hosts (host or host:port, commas between) that may be crawled although their addresses are private',
  }),
  GIFTY_USER_AGENT: z
    .string()
    .min(1)
    .default('GiftyBot/0.1 (gift catalogue; set GIFTY_USER_AGENT to a contact)')
    .register(variableMeta, {
      section: PROGRAM,
      description: 'Says to shops who crawls and whom to write to; robots.txt is read for its first word',
    }),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0).register(variableMeta, {
    section: PROGRAM,
    description: 'Reverse proxies in front of the API whose X-Forwarded-For is believed; 0 = none',
  }),
  GIFTY_TEMPORAL_UI_ORIGINS: list.default([]).register(variableMeta, {
    section: PROGRAM,
    description:
      'Origins of Temporal Web UIs, beside the embedded one, that may ask the codec endpoint (commas between)',
    example: 'https://temporal.example.org',
  }),
  GIFTY_RAW_PAGE_DAYS: z.coerce
    .number()
    .int('must be a whole number of days')
    .min(0, 'must be a whole number of days, 0 = off')
    .max(365, 'must be at most 365 days')
    .default(7)
    .register(variableMeta, {
      section: PROGRAM,
      description:
        'Days for which product pages are kept as received, so that mended rules can read them again; 0 = off',
    }),
  GIFTY_PROXIES: proxyList.default([]).register(variableMeta, {
    section: PROGRAM,
    description:
      'HTTP proxies for shops, used in turn, http://user:password@host:port with commas between; none: shops are asked directly',
    secret: true,
  }),
  GIFTY_CHROMIUM: z.string().min(1).optional().register(variableMeta, {
    section: PROGRAM,
    description: 'Chromium for pages that take a browser (queue render); absent: looked for in the usual places',
    example: '/usr/bin/chromium',
  }),
  OPENAI_BASE_URL: url(/^https?$/, 'must be an http(s) URL')
    .optional()
    .register(variableMeta, {
      section: PROGRAM,
      description: 'Any OpenAI-compatible API for embeddings and advice; absent: lexical vectors and rules only',
      example: 'https://api.openai.com/v1',
    }),
  OPENAI_API_KEY: z.string().min(1).optional().register(variableMeta, {
    section: PROGRAM,
    description: 'Key for that API',
    example: '',
    secret: true,
  }),
  OPENAI_EMBEDDING_MODEL: z.string().min(1).optional().register(variableMeta, {
    section: PROGRAM,
    description: 'Model name; required with OPENAI_BASE_URL',
    example: 'text-embedding-3-small',
  }),
  OPENAI_EMBEDDING_DIMENSIONS: z.coerce.number().int().min(8).max(4000).optional().register(variableMeta, {
    section: PROGRAM,
    description: 'Numbers in one vector; required with OPENAI_BASE_URL',
    example: '1536',
  }),
  OPENAI_CHAT_MODEL: z.string().min(1).optional().register(variableMeta, {
    section: PROGRAM,
    description: 'Model that gives advice on goals, at that API; absent: advice by rules alone',
    example: 'gpt-4.1-mini',
  }),
  OPENAI_EMBEDDING_QUERY_PREFIX: z.string().max(200).default('').register(variableMeta, {
    section: PROGRAM,
    description: 'Put before a query that is embedded; e5 models want "query: "',
  }),
  OPENAI_EMBEDDING_PASSAGE_PREFIX: z.string().max(200).default('').register(variableMeta, {
    section: PROGRAM,
    description: 'Put before a product text that is embedded; e5 models want "passage: "',
  }),
  GIFTY_TELEGRAM_BOT_TOKEN: z.string().min(1).optional().register(variableMeta, {
    section: PROGRAM,
    description: "Token of the program's own Telegram bot: people may sign in by Telegram; absent: they may not",
    example: '',
    secret: true,
  }),
  OWNER_IDS: list
    .refine((ids) => ids.every((id) => /^(telegram|max):\d{1,19}$/.test(id)), {
      error: 'must be like telegram:123,max:456',
    })
    .default([])
    .register(variableMeta, {
      section: PROGRAM,
      description:
        "People whom the program's own bots show /stats and /health, telegram:ID or max:ID with commas between",
      example: 'telegram:123456789',
    }),
  GIFTY_MAX_BOT_TOKEN: z.string().min(1).optional().register(variableMeta, {
    section: PROGRAM,
    description: "Token of the program's own MAX bot: people may sign in by MAX; absent: they may not",
    example: '',
    secret: true,
  }),
  GIFTY_MAX_API: url(/^https?$/, 'must be an http(s) URL')
    .default(MAX_API)
    .register(variableMeta, {
      section: PROGRAM,
      description: "Bot API that the MAX bot is reached through: MAX's, or the sandbox's",
    }),
  GIFTY_WEBHOOK_URL: url(/^https?$/, 'must be an https:// URL')
    .transform((text) => text.replace(/\/+$/, ''))
    .optional()
    .register(variableMeta, {
      section: PROGRAM,
      description:
        'Public address of this program, to which messengers send what people write (…/webhooks/telegram, …/webhooks/max); absent: messengers are asked again and again',
      example: 'https://gifty.example.org',
    }),
  GIFTY_WEBHOOK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{24,256}$/, 'must be 24 to 256 letters, digits, _ or -')
    .optional()
    .register(variableMeta, {
      section: PROGRAM,
      description:
        'What messengers show with each update to prove that it is theirs; required with GIFTY_WEBHOOK_URL: openssl rand -hex 32',
      example: '',
      secret: true,
    }),
  GIFTS_ACCS_TTL: z.coerce
    .number()
    .int('must be a whole number of seconds')
    .min(10, 'must be at least 10 seconds')
    .max(3600, 'must be at most 3600 seconds')
    .default(60)
    .register(variableMeta, {
      section: PROGRAM,
      description: 'Seconds after which the balance of a Telegram account that is not in use is looked up again',
    }),
  GIFTY_TELEGRAM_DC: z
    .string()
    .regex(/^[^\s/]+:\d+$/, 'must be host:port')
    .optional()
    .register(variableMeta, {
      section: PROGRAM,
      description: 'The sandbox datacentre, asked instead of Telegram; absent: Telegram',
      example: '127.0.0.1:8443',
    }),
  GIFTY_TELEGRAM_DC_KEY: z.string().min(1).optional().register(variableMeta, {
    section: PROGRAM,
    description:
      'RSA public key of that datacentre: PEM, or its lines between BEGIN and END; required with GIFTY_TELEGRAM_DC',
    example: '',
  }),
  GIFTY_TELEGRAM_BOT_API: url(/^https?$/, 'must be an http(s) URL')
    .default(TELEGRAM_BOT_API)
    .register(variableMeta, {
      section: PROGRAM,
      description: "Bot API that users' bots are reached through: Telegram's, or a Bot API server of your own",
    }),
  ...EMBEDDED_VARIABLES,
});
