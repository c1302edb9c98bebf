import { z } from 'zod';

/** Every error type the API answers with: HTTP status and title. `type` is `/problems/<code>`. */
export const PROBLEMS = {
  'malformed-json': [400, 'The body is not JSON'],
  'bad-request': [400, 'The request cannot be read'],
  'invalid-cursor': [400, 'The cursor is not one of ours'],
  'invalid-idempotency-key': [400, 'The Idempotency-Key cannot be used'],
  unauthorized: [401, 'Sign in, or send a token'],
  'wrong-credentials': [401, 'The name or the password is wrong'],
  'signature-invalid': [401, 'The messenger did not sign this, or too long ago'],
  forbidden: [403, 'This may not be done with these rights'],
  'foreign-origin': [403, 'The request comes from another site'],
  'not-found': [404, 'There is no such thing'],
  'account-not-found': [404, 'There is no such account'],
  'reminder-not-found': [404, 'There is no such reminder'],
  'occurrence-not-found': [404, 'The reminder has no such time'],
  'method-not-allowed': [405, 'This address does not take this method'],
  'member-not-found': [404, 'The group has no such member'],
  'name-taken': [409, 'Another user has this name'],
  'messenger-not-linked': [409, 'No user is linked with this person'],
  'messenger-linked': [409, 'Another user is linked with this person'],
  'messenger-not-configured': [409, 'This program has no bot in this messenger'],
  'too-many-reminders': [409, 'There are too many reminders'],
  'api-profile-exists': [409, 'There is a profile with this api_id'],
  'api-profile-in-use': [409, 'Accounts use this profile'],
  'account-exists': [409, 'This account is there already'],
  'account-signed-out': [409, 'The account needs a new login'],
  'login-step': [409, 'The sign-in waits for something else'],
  'login-over': [409, 'The sign-in is over'],
  'channel-exists': [409, 'There is a rule for this channel'],
  'bot-check-running': [409, 'Another token is being checked'],
  'no-account': [409, 'No account can do this'],
  'account-unusable': [409, 'This account cannot buy now'],
  'gift-sold-out': [409, 'The gift is sold out'],
  'auction-only': [409, 'The gift is sold by auction only'],
  'premium-required': [409, 'The gift takes an account with Telegram Premium'],
  'gift-locked': [409, 'This account may not send the gift yet'],
  'price-changed': [409, 'The gift costs more than was agreed to'],
  'not-enough-stars': [409, 'The account has too few Stars'],
  'watch-off': [409, 'Buying automatically is switched off'],
  'owner-stays': [409, 'A group always has an owner'],
  'group-full': [409, 'The group is full'],
  'too-many-groups': [409, 'There are too many groups'],
  'too-many-events': [409, 'The group has too many events'],
  'too-many-tags': [409, 'The group has too many tags'],
  'tag-name-taken': [409, 'Another tag of the group has this name'],
  'focus-running': [409, 'Another focus session runs'],
  'focus-over': [409, 'The focus session has ended'],
  'source-name-taken': [409, 'Another source has this name'],
  'source-busy': [409, 'The source is being changed'],
  'crawl-running': [409, 'A crawl of this source is running'],
  'replay-running': [409, 'The kept pages of this source are being read again'],
  'crawl-finished': [409, 'The crawl has ended'],
  'request-in-progress': [409, 'The first request with this Idempotency-Key is not answered yet'],
  'too-many-habits': [409, 'There are too many habits'],
  'body-too-large': [413, 'The body is too large'],
  'file-too-large': [413, 'The file is too large'],
  'unsupported-media-type': [415, 'The body must be application/json'],
  'invalid-request': [422, 'Some fields are wrong'],
  'archive-invalid': [422, 'The zip cannot be read'],
  'channel-unknown': [422, 'No account knows this channel'],
  'bot-token-invalid': [422, 'Telegram knows no bot with this token'],
  'idempotency-key-reused': [422, 'This Idempotency-Key was used for another request'],
  'payload-key-unknown': [422, 'A payload cannot be decrypted'],
  'payload-damaged': [422, 'A payload cannot be decrypted'],
  'rate-limited': [429, 'Too many requests'],
  'too-many-attempts': [429, 'Too many attempts'],
  internal: [500, 'Something went wrong here'],
  'not-ready': [503, 'Something that is needed does not answer'],
  'database-unavailable': [503, 'Postgres does not answer'],
  'temporal-unavailable': [503, 'Temporal does not answer'],
  'workers-unavailable': [503, 'No worker took the work in time'],
} as const satisfies Readonly<Record<string, readonly [status: number, title: string]>>;
export type ProblemCode = keyof typeof PROBLEMS;

/** What a route may answer besides that has workflows do something. */
export const OUTAGES = ['temporal-unavailable', 'workers-unavailable'] as const satisfies readonly ProblemCode[];

/** One wrong field. */
export interface FieldError {
  readonly in: 'body' | 'query' | 'path';
  /** Dotted, e.g. `config.limits.delayMs`; '' = the whole. */
  readonly path: string;
  readonly message: string;
}

export interface ProblemExtras {
  readonly errors?: readonly FieldError[];
  /** Id of what is there already. */
  readonly existingId?: string;
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
    existingId: z.string().optional().describe('what is there already'),
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
    ...(extras.existingId !== undefined && { existingId: extras.existingId }),
    ...(extras.down !== undefined && { down: [...extras.down] }),
  };
}

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(PROBLEMS, code);
