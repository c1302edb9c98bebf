import { compile } from 'css-select';
import { z } from 'zod';
import { DEFAULT_PROPOSALS, SHOP_ADAPTERS, type FieldRule, type SourceConfig } from '../../contracts/source-config.ts';
import type { ProductField } from '../../domain/catalog/product-page.ts';
import { isCurrencyCode } from '../../domain/shared/iso-4217.ts';

/** An absolute address that can be fetched. */
export const HttpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an absolute http or https URL' })
  .max(2048, 'must be at most 2048 characters')
  .refine((url) => !URL.canParse(url) || new URL(url).username === '', 'must not hold a user name or password');

const whole = (least: number, most: number) => {
  const rule = `must be a whole number from ${least} to ${most}`;
  return z.int(rule).min(least, rule).max(most, rule);
};
const text = (most: number) => z.string().min(1, 'must not be empty').max(most, `must be at most ${most} characters`);

const Globs = z.array(text(500)).max(200, 'must be at most 200 patterns').default([]);
const Links = z
  .strictObject({
    product: Globs.describe('globs over path and query; a URL that matches is a product; empty = found by structure'),
    listing: Globs.describe('a URL that matches is a catalogue page to walk'),
    ignore: Globs.describe('never fetched'),
  })
  .prefault({});

const Rule = z.strictObject({
  select: text(500).describe('CSS selector, or a dot path into one JSON item'),
  attribute: text(100).optional().describe('attribute to read instead of the text; page sources only'),
});
const optionalRule = Rule.exactOptional();
/** Every product field, so that a misspelt one is named. */
const Fields = z
  .strictObject({
    title: optionalRule,
    price: optionalRule,
    highPrice: optionalRule,
    oldPrice: optionalRule,
    availability: optionalRule,
    brand: optionalRule,
    sku: optionalRule,
    gtin: optionalRule,
    mpn: optionalRule,
    images: optionalRule,
    description: optionalRule,
    attributes: optionalRule,
    categoryPath: optionalRule,
    rating: optionalRule,
    variants: optionalRule,
    canonicalUrl: optionalRule,
    language: optionalRule,
  } satisfies Record<ProductField, z.ZodType>)
  .prefault({});

const DOT_PATH = /^[^.\s]+(\.[^.\s]+)*$/;
const dotPath = z.string().max(300).regex(DOT_PATH, 'must be a dot path such as offers.0.price');
const Api = z.strictObject({
  items: z.union([z.literal(''), dotPath]).describe("dot path to the array of items; '' = the answer is the array"),
  next: dotPath.nullable().default(null).describe("dot path to the next page's URL; null = one page"),
  url: dotPath.describe("dot path, inside an item, to the product's page"),
});

const Limits = z
  .strictObject({
    delayMs: whole(0, 3_600_000).default(1000).describe('least time between two requests, ms'),
    concurrency: whole(1, 16).default(2).describe('requests in flight to the host'),
    maxPages: whole(1, 1_000_000).default(10_000).describe('pages fetched in one crawl at most'),
    maxDepth: whole(0, 100).default(20).describe('links followed from a start URL at most'),
  })
  .prefault({});

const everyHours = whole(1, 8760).nullable().default(24);
const Window = z
  .strictObject({
    fromHour: whole(0, 23),
    toHour: whole(0, 24),
    timeZone: z.string().refine(isTimeZone, 'must be an IANA time zone such as Europe/Moscow'),
  })
  .refine(({ fromHour, toHour }) => fromHour !== toHour, {
    path: ['toHour'],
    error: 'must differ from fromHour; null instead of a window = always',
  });
const Schedule = z
  .strictObject({
    discoveryEveryHours: everyHours.describe('hours between two walks of the catalogue; null = by hand'),
    deepEveryHours: everyHours.describe('hours between two visits of known products; null = by hand'),
    window: Window.nullable().default(null).describe('local hours in which crawling is allowed; null = always'),
  })
  .prefault({});

const Proposals = z
  .strictObject({
    perDay: whole(0, 1000)
      .default(DEFAULT_PROPOSALS.perDay)
      .describe('new sources proposed in 24 hours at most; 0 = none'),
    activate: z
      .enum(['operator', 'trial'])
      .default(DEFAULT_PROPOSALS.activate)
      .describe('trial: a proposal whose first page leads to products is crawled without an operator'),
    partners: Globs.describe('links to other shops that are worth a source: globs over the whole URL'),
  })
  .prefault({});

const shape = {
  kind: z.enum(['page', 'api']).default('page').describe('page: HTML; api: a JSON API, described by `api`'),
  startUrls: z
    .array(HttpUrl)
    .min(1, 'must have at least one URL')
    .max(100, 'must be at most 100 URLs')
    .describe('sitemaps, catalogue pages or API addresses'),
  links: Links,
  fields: Fields.describe("the source's own rules, stronger than what is found by structure"),
  api: Api.nullable().default(null),
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/, 'must be a BCP 47 primary language such as ru')
    .nullable()
    .default(null)
    .describe("language of the shop's texts; null = detect"),
  currency: z
    .string()
    .refine(isCurrencyCode, 'must be an ISO 4217 code such as RUB')
    .nullable()
    .default(null)
    .describe('used when a page does not name its currency'),
  limits: Limits,
  schedule: Schedule,
  adapter: z.enum(SHOP_ADAPTERS).nullable().default(null).describe('code instead of rules; null = none'),
  render: z
    .enum(['never', 'auto', 'always'])
    .default('auto')
    .describe('auto: pages are opened in a browser only when a run without one lacked what a product needs'),
  proposals: Proposals.describe('what becomes of catalogues that discovery meets outside of these rules'),
};

/** A source's configuration with its defaults: `{ startUrls: [url] }` is enough. Mirrors contracts/source-config.ts. */
export const SourceConfigIn = z.strictObject(shape).superRefine(checkRules).meta({ title: 'SourceConfig' });
/** The same for a trial of one page, which needs no start URLs. */
export const TrialConfigIn = z
  .strictObject({ ...shape, startUrls: shape.startUrls.optional() })
  .superRefine(checkRules)
  .prefault({});

type Checked = Omit<SourceConfig, 'startUrls'>;

function checkRules({ kind, api, fields }: Checked, context: z.core.$RefinementCtx<Checked>): void {
  const say = (path: PropertyKey[], message: string): void => {
    context.addIssue({ code: 'custom', path, message });
  };
  if (kind === 'api' && api === null) say(['api'], 'is required when kind is api');
  if (kind === 'page' && api !== null) say(['api'], 'must be null when kind is page');
  for (const [field, rule] of Object.entries(fields)) {
    const wrong = kind === 'page' ? wrongInPage(rule) : wrongInJson(rule);
    for (const [name, message] of Object.entries(wrong)) say(['fields', field, name], message);
  }
}

const wrongInPage = ({ select }: FieldRule): Record<string, string> =>
  isSelector(select) ? {} : { select: 'must be a CSS selector' };

const wrongInJson = ({ select, attribute }: FieldRule): Record<string, string> => ({
  ...(!DOT_PATH.test(select) && { select: 'must be a dot path such as offers.0.price when kind is api' }),
  ...(attribute !== undefined && { attribute: 'is for page sources only: JSON has no attributes' }),
});

function isSelector(select: string): boolean {
  try {
    compile(select);
    return true;
  } catch {
    return false;
  }
}

function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
