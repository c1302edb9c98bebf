import { z } from 'zod';

const times = {
  /** Glob over path and query: `*` is any run of characters. */
  path: z.string().min(1),
  /** How many matching requests it hits; null = until the reset. */
  times: z.int().positive().nullable().default(null),
  /** Matching requests let through before the first hit. */
  after: z.int().min(0).default(0),
};

const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...times,
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    /** Seconds or an HTTP date, as it goes into the header. */
    retryAfter: z.union([z.int().min(0), z.string()]).optional(),
  }),
  z.strictObject({ ...times, kind: z.literal('slow'), delayMs: z.int().min(0).max(600_000) }),
  /** Closes the connection, after that many bytes of the answer. */
  z.strictObject({ ...times, kind: z.literal('drop'), afterBytes: z.int().min(0).default(0) }),
  z.strictObject({
    ...times,
    kind: z.literal('drip'),
    bytes: z.int().positive().default(1),
    everyMs: z.int().positive().default(1000),
  }),
  z.strictObject({ ...times, kind: z.literal('gzip-bomb'), inflatedBytes: z.int().positive().default(200_000_000) }),
  z.strictObject({ ...times, kind: z.literal('huge'), bytes: z.int().positive().default(50_000_000) }),
  z.strictObject({
    ...times,
    kind: z.literal('redirect'),
    location: z.string().min(1),
    status: z.union([z.literal(301), z.literal(302), z.literal(303), z.literal(307), z.literal(308)]).default(302),
  }),
  z.strictObject({ ...times, kind: z.literal('redirect-loop') }),
  /** A "checking your browser" page with status 403. */
  z.strictObject({ ...times, kind: z.literal('challenge') }),
  /** The header names this charset; the bytes stay what they are. */
  z.strictObject({ ...times, kind: z.literal('wrong-charset'), charset: z.string().default('koi8-r') }),
  /** "Not found" with status 200. */
  z.strictObject({ ...times, kind: z.literal('soft-404') }),
  /** Neither ETag nor Last-Modified, and no 304. */
  z.strictObject({ ...times, kind: z.literal('no-validators') }),
]);

const changeSchema = z.strictObject({
  id: z.int(),
  price: z.number().min(0).nullable().optional(),
  oldPrice: z.number().positive().nullable().optional(),
  availability: z.enum(['in_stock', 'out_of_stock', 'preorder']).optional(),
  /** How its page says that it is gone; null brings it back. */
  gone: z
    .union([z.literal(404), z.literal(410), z.literal('soft')])
    .nullable()
    .optional(),
  /** A price in a banner above the product; null takes the banner away. */
  bannerPrice: z.number().positive().nullable().optional(),
});

const commandSchema = z.strictObject({
  faults: z.array(faultSchema).optional(),
  products: z.array(changeSchema).optional(),
  /** Section key to layout. */
  layouts: z.record(z.string(), z.enum(['classic', 'renamed', 'blank'])).optional(),
  /** Links from every catalogue page into endless pagination and an endless calendar. */
  trap: z.boolean().optional(),
  robots: z
    .strictObject({ crawlDelaySeconds: z.number().positive().nullable(), text: z.string().nullable() })
    .partial()
    .optional(),
  latencyMs: z.int().min(0).optional(),
});

export type Fault = z.infer<typeof faultSchema>;
export type ProductChange = z.infer<typeof changeSchema>;
export type ShopCommand = z.infer<typeof commandSchema>;
/** A command as a caller writes it, defaults left out. */
export type ShopCommandInput = z.input<typeof commandSchema>;

/** A command of the control API, or the list of what is wrong with it. */
export function parseCommand(value: unknown): { command: ShopCommand } | { errors: string[] } {
  const result = commandSchema.safeParse(value);
  if (result.success) return { command: result.data };
  return { errors: result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) };
}
