import { z } from 'zod';

/** Every error type the API answers with: HTTP status and title. `type` is `/problems/<code>`. */
export const PROBLEMS = {
  'malformed-json': [400, 'The body is not JSON'],
  'bad-request': [400, 'The request cannot be read'],
  'invalid-cursor': [400, 'The cursor is not one of ours'],
  'invalid-idempotency-key': [400, 'The Idempotency-Key cannot be used'],
  unauthorized: [401, 'An operator token is required'],
  'foreign-origin': [403, 'The request comes from another site'],
  'not-found': [404, 'There is no such thing'],
  'method-not-allowed': [405, 'This address does not take this method'],
  'source-name-taken': [409, 'Another source has this name'],
  'source-busy': [409, 'The source is being changed'],
  'crawl-running': [409, 'A crawl of this source is running'],
  'replay-running': [409, 'The kept pages of this source are being read again'],
  'crawl-finished': [409, 'The crawl has ended'],
  'request-in-progress': [409, 'The first request with this Idempotency-Key is not answered yet'],
  'body-too-large': [413, 'The body is too large'],
  'unsupported-media-type': [415, 'The body must be application/json'],
  'invalid-request': [422, 'Some fields are wrong'],
  'idempotency-key-reused': [422, 'This Idempotency-Key was used for another request'],
  'payload-key-unknown': [422, 'A payload cannot be decrypted'],
  'payload-damaged': [422, 'A payload cannot be decrypted'],
  'rate-limited': [429, 'Too many requests'],
  internal: [500, 'Something went wrong here'],
  'not-ready': [503, 'Something that is needed does not answer'],
  'database-unavailable': [503, 'Postgres does not answer'],
  'temporal-unavailable': [503, 'Temporal does not answer'],
  'workers-unavailable': [503, 'No worker took the work in time'],
} as const satisfies Readonly<Record<string, readonly [status: number, title: string]>>;
export type ProblemCode = keyof typeof PROBLEMS;

/** One wrong field. */
export interface FieldError {
  readonly in: 'body' | 'query' | 'path';
  /** Dotted, e.g. `config.limits.delayMs`; '' = the whole. */
  readonly path: string;
  readonly message: string;
}

export interface ProblemExtras {
  readonly errors?: readonly FieldError[];
  /** What does not answer. */
  readonly down?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** An answer that is an error; everything in it may be shown to the caller, but `cause`. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly extras: ProblemExtras;

  constructor(code: ProblemCode, detail: string, extras: ProblemExtras = {}) {
    super(detail, { cause: extras.cause });
    this.code = code;
    this.extras = extras;
  }
}

/** RFC 9457 problem details as they leave the API. */
export const ProblemOut = z
  .object({
    type: z.string().describe('`/problems/<code>`; the code is stable'),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    requestId: z.string().describe('the same as the X-Request-Id header and the log line'),
    errors: z
      .array(z.object({ in: z.enum(['body', 'query', 'path']), path: z.string(), message: z.string() }))
      .optional()
      .describe('every wrong field and the rule that it breaks'),
    down: z.array(z.string()).optional().describe('what does not answer'),
  })
  .meta({ title: 'Problem' });

/** The JSON of a problem. */
export function problemBody({ code, message, extras }: Problem, requestId: string): z.input<typeof ProblemOut> {
  const [status, title] = PROBLEMS[code];
  return {
    type: `/problems/${code}`,
    title,
    status,
    detail: message,
    requestId,
    ...(extras.errors !== undefined && { errors: [...extras.errors] }),
    ...(extras.down !== undefined && { down: [...extras.down] }),
  };
}

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(PROBLEMS, code);
