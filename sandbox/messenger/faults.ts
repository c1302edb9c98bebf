import { z } from 'zod';

const on = {
  /** Only requests of this method, to this chat; left out = any. */
  method: z.string().optional(),
  chatId: z.string().optional(),
  /** How many requests meet it, default 1; 0 = all. */
  times: z.int().min(0).default(1),
};

/** What goes wrong with the next requests that it fits. */
export const Fault = z.discriminatedUnion('kind', [
  /** The connection ends before anything was done. */
  z.strictObject({ kind: z.literal('drop-before'), ...on }),
  /** It was done, and the connection ends without an answer. */
  z.strictObject({ kind: z.literal('drop-after'), ...on }),
  /** It is done at once and answered so late, ms. */
  z.strictObject({ kind: z.literal('late'), ms: z.number().min(0), ...on }),
  /** A broken server; whether it was done all the same. */
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(500).max(599),
    handled: z.boolean().default(false),
    ...on,
  }),
  z.strictObject({ kind: z.literal('rate-limited'), retryAfterSeconds: z.number().min(0), ...on }),
  /** 403: the user blocked the bot. */
  z.strictObject({ kind: z.literal('blocked'), ...on }),
  /** The messenger knows no such chat. */
  z.strictObject({ kind: z.literal('chat-not-found'), ...on }),
  /** 400 with this description. */
  z.strictObject({ kind: z.literal('refused'), description: z.string(), ...on }),
]);
export type Fault = z.output<typeof Fault>;
export type FaultInput = z.input<typeof Fault>;

export interface Faults {
  add(fault: FaultInput): void;
  clear(): void;
  /** The fault that this request meets, used up by it. */
  meet(request: { readonly method: string; readonly chatId: string | null }): Fault | null;
}

export function createFaults(): Faults {
  const list: { readonly fault: Fault; left: number }[] = [];
  return {
    add(input) {
      const fault = Fault.parse(input);
      list.push({ fault, left: fault.times === 0 ? Infinity : fault.times });
    },
    clear: () => void list.splice(0),
    meet({ method, chatId }) {
      const found = list.find(
        ({ fault }) => (fault.method ?? method) === method && (fault.chatId ?? chatId) === chatId,
      );
      if (found === undefined) return null;
      found.left -= 1;
      if (found.left <= 0) list.splice(list.indexOf(found), 1);
      return found.fault;
    },
  };
}
