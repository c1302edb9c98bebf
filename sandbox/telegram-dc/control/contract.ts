import { z } from 'zod';
import { faultSchema } from '../faults.ts';
import { giftChangeSchema, giftInputSchema } from '../gifts/release.ts';
import {
  channelSchema,
  codeSchema,
  giftSchema,
  savedGiftSchema,
  transactionSchema,
  userSchema,
} from '../state/records.ts';

/** What a command takes and answers. */
export interface CommandSpec<Input extends z.ZodType, Output extends z.ZodType> {
  readonly input: Input;
  readonly output: Output;
}

function spec<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
): CommandSpec<Input, Output> {
  return { input, output };
}

const nothing = z.strictObject({});
const done = z.strictObject({});
/** Telegram id, or phone. */
const account = z.strictObject({ account: z.string().min(1) });

const userFields = {
  firstName: z.string(),
  username: z.string().nullable(),
  password: z.string().nullable(),
  passwordHint: z.string().nullable(),
  isPremium: z.boolean(),
  premiumUntil: z.number().nullable(),
  /** What is added or taken goes through the ledger as a transaction. */
  balance: z.int().min(0),
  state: z.enum(['active', 'frozen', 'banned']),
};

const channelFields = {
  title: z.string().min(1),
  /** null = private. */
  username: z.string().nullable(),
  takesGifts: z.boolean(),
  /** Telegram ids or phones. */
  members: z.array(z.string()),
};

const newChannel = z.strictObject(channelFields).partial().extend({ title: channelFields.title });

const purchase = z.strictObject({
  giftId: z.string(),
  /** `channel:<id>` or `user:<id>`. */
  peer: z.string(),
  stars: z.int(),
  formId: z.string(),
  at: z.number(),
});

const ledger = z.strictObject({
  userId: z.string(),
  phone: z.string(),
  balance: z.int(),
  purchases: z.array(purchase),
  transactions: z.array(transactionSchema),
});

const loggedRequest = z.strictObject({
  number: z.int(),
  method: z.string(),
  account: z.string().nullable(),
  host: z.string(),
  receivedAt: z.number(),
  answeredAt: z.number().nullable(),
  answer: z.string().nullable(),
  fault: z.string().nullable(),
  giftId: z.string().nullable(),
  giftCount: z.int().nullable(),
});

const counters = z.strictObject({
  /** Auth keys that two clients used at once. */
  duplicatedKeys: z.int(),
  formsIssued: z.int(),
  formsPaid: z.int(),
  /** Forms that were charged more than once; never above 0. */
  doubleCharges: z.int(),
  /** Accounts whose balance is not the sum of their transactions; never above 0. */
  unbalancedAccounts: z.int(),
  openConnections: z.int(),
  /** Calls that failed by a fault of the sandbox itself. */
  brokenCalls: z.array(z.string()),
});

/** The control API: each is `POST /<name>` with a JSON object. */
export const contract = {
  status: spec(
    nothing,
    z.strictObject({ port: z.int(), publicKey: z.string(), now: z.number(), roundTripMs: z.number() }),
  ),
  addUser: spec(
    z
      .strictObject(userFields)
      .partial()
      .extend({ phone: z.string().regex(/^\+?\d{5,15}$/) }),
    userSchema,
  ),
  changeUser: spec(z.strictObject(userFields).partial().extend(account.shape), userSchema),
  users: spec(nothing, z.array(userSchema)),
  /** Codes sent to an account's phone, newest first. */
  codes: spec(account, z.array(codeSchema)),
  /** Ends the sessions of an account: the error that their calls get from then on. */
  revoke: spec(
    account.extend({ error: z.enum(['AUTH_KEY_UNREGISTERED', 'SESSION_REVOKED']).default('AUTH_KEY_UNREGISTERED') }),
    z.strictObject({ sessions: z.int() }),
  ),
  /** An auth key that is logged in already: 256 bytes in hex, for a client's storage. */
  addAuthKey: spec(
    account,
    z.strictObject({ dcId: z.int(), userId: z.string(), isPremium: z.boolean(), authKey: z.string() }),
  ),
  addChannel: spec(newChannel, channelSchema),
  changeChannel: spec(z.strictObject(channelFields).partial().extend({ id: z.string() }), channelSchema),
  channels: spec(nothing, z.array(channelSchema)),
  /** Puts a batch on sale at once; `generate` adds made-up ones. */
  releaseGifts: spec(
    z.strictObject({
      gifts: z.array(giftInputSchema).default([]),
      generate: z.strictObject({ count: z.int().min(1).max(1000), seed: z.int().min(0) }).optional(),
    }),
    z.array(giftSchema),
  ),
  changeGift: spec(giftChangeSchema.extend({ id: z.string() }), giftSchema),
  gifts: spec(nothing, z.array(giftSchema)),
  savedGifts: spec(nothing, z.array(savedGiftSchema)),
  addFaults: spec(z.strictObject({ faults: z.array(faultSchema) }), done),
  faults: spec(nothing, z.array(z.strictObject({ fault: faultSchema, left: z.int().nullable() }))),
  clearFaults: spec(nothing, done),
  /** Artificial round trip of every call, ms. */
  setRoundTrip: spec(z.strictObject({ ms: z.number().min(0).max(60_000) }), done),
  /** Sets the datacentre's clock forward: forms, codes and file references age. */
  advanceClock: spec(z.strictObject({ ms: z.number().min(0) }), z.strictObject({ now: z.number() })),
  ledger: spec(account, ledger),
  ledgers: spec(nothing, z.array(ledger)),
  requests: spec(
    z.strictObject({ since: z.int().optional(), method: z.string().optional(), account: z.string().optional() }),
    z.array(loggedRequest),
  ),
  clearRequests: spec(nothing, done),
  counters: spec(nothing, counters),
  /** Cuts connections now: all of them, or those of one account. */
  disconnect: spec(account.partial(), z.strictObject({ connections: z.int() })),
} as const;

export type Contract = typeof contract;
