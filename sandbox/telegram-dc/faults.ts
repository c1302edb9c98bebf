import { z } from 'zod';

/** What a fault hits, and how often. */
const target = {
  /** Name of a method, `payments.*`, or `*`. */
  method: z.string().min(1).default('*'),
  /** Telegram id or phone of one account; null = all, also clients without a login. */
  account: z.string().nullable().default(null),
  /** How many calls it hits; null = until the faults are cleared. */
  times: z.int().positive().nullable().default(1),
  /** Matching calls let through before the first hit. */
  after: z.int().min(0).default(0),
};

export const faultSchema = z.discriminatedUnion('kind', [
  /** Cuts the connection before the call is done, or after it; a client that comes back gets the answer of a done call. */
  z.strictObject({ ...target, kind: z.literal('drop'), when: z.enum(['before', 'after']) }),
  /** Does the call, cuts the connection and forgets both request and answer. */
  z.strictObject({ ...target, kind: z.literal('forget') }),
  /** Never answers; the call is done or not. */
  z.strictObject({ ...target, kind: z.literal('hang'), when: z.enum(['before', 'after']).default('before') }),
  /** Does the call at once, answers later. */
  z.strictObject({ ...target, kind: z.literal('late'), delayMs: z.int().min(0).max(600_000) }),
  /** Refuses, e.g. 420 FLOOD_WAIT_7, 500 RPC_CALL_FAIL; `when: after` does the call first. */
  z.strictObject({
    ...target,
    kind: z.literal('error'),
    code: z.int(),
    message: z.string().min(1),
    when: z.enum(['before', 'after']).default('before'),
  }),
]);

export type Fault = z.infer<typeof faultSchema>;
/** A fault as a caller writes it, defaults left out. */
export type FaultInput = z.input<typeof faultSchema>;

interface Armed {
  readonly fault: Fault;
  toSkip: number;
  left: number;
}

/** Faults that wait for their calls; the oldest that fits strikes. */
export class Faults {
  #armed: Armed[] = [];

  add(fault: Fault): void {
    this.#armed.push({ fault, toSkip: fault.after, left: fault.times ?? Infinity });
  }

  clear(): void {
    this.#armed = [];
  }

  /** Those that may still strike, with how often. */
  waiting(): { readonly fault: Fault; readonly left: number | null }[] {
    return this.#armed.map(({ fault, left }) => ({ fault, left: Number.isFinite(left) ? left : null }));
  }

  /** The fault of this call, counted down; `names` are the account's id and phone. */
  take(method: string, names: readonly string[]): Fault | null {
    const hit = this.#armed.find((armed) => fits(armed.fault, method, names) && armed.toSkip-- <= 0);
    if (hit === undefined) return null;
    hit.left -= 1;
    if (hit.left <= 0) this.#armed = this.#armed.filter((armed) => armed !== hit);
    return hit.fault;
  }
}

function fits({ method: pattern, account }: Fault, method: string, names: readonly string[]): boolean {
  const isMethod = pattern.endsWith('*') ? method.startsWith(pattern.slice(0, -1)) : method === pattern;
  return isMethod && (account === null || names.includes(account.replace(/^\+/, '')));
}
