import { z } from 'zod';

/** 64-bit number in decimal. */
const id = z.string().regex(/^-?\d+$/);
/** Epoch ms by the datacentre's clock. */
const instant = z.number();
const stars = z.int().min(0);

export const userSchema = z.object({
  id,
  /** Digits only. */
  phone: z.string(),
  firstName: z.string(),
  username: z.string().nullable(),
  /** Second factor; null = none. */
  password: z.string().nullable(),
  passwordHint: z.string().nullable(),
  isPremium: z.boolean(),
  premiumUntil: instant.nullable(),
  balance: stars,
  state: z.enum(['active', 'frozen', 'banned']),
});

export const channelSchema = z.object({
  id,
  title: z.string(),
  /** null = private: only members reach it. */
  username: z.string().nullable(),
  takesGifts: z.boolean(),
  memberIds: z.array(id),
});

/** An agreed key; it outlives its connections. */
export const authKeySchema = z.object({
  /** Hex. */
  id: z.string(),
  key: z.string(),
  userId: id.nullable(),
  /** The code was right, the password is still owed. */
  pendingUserId: id.nullable(),
  /** The error that every call ends with; null = the key works. */
  end: z.enum(['AUTH_KEY_UNREGISTERED', 'SESSION_REVOKED', 'AUTH_KEY_DUPLICATED']).nullable(),
  createdAt: instant,
});

export const codeSchema = z.object({
  phone: z.string(),
  hash: z.string(),
  code: z.string(),
  via: z.enum(['app', 'sms']),
  sentAt: instant,
  isCancelled: z.boolean(),
});

export const giftSchema = z.object({
  id,
  title: z.string().nullable(),
  stars: z.int().positive(),
  /** Price in payment forms where it differs from the list's; null = the same. */
  formStars: z.int().positive().nullable(),
  /** Copies ever made and left; null = not limited. */
  total: z.int().positive().nullable(),
  remaining: z.int().min(0).nullable(),
  requirePremium: z.boolean(),
  isBirthday: z.boolean(),
  isAuction: z.boolean(),
  auctionStartsAt: instant.nullable(),
  perUserTotal: z.int().positive().nullable(),
  upgradeStars: stars.nullable(),
  lockedUntil: instant.nullable(),
  /** Locks of single accounts, by user id; they go before `lockedUntil`. */
  accountLocks: z.record(z.string(), instant),
  /** Accounts that bought it, and how many copies. */
  boughtBy: z.record(z.string(), z.int()),
  /** Copies that other buyers take each second while it is on sale. */
  otherBuyersPerSecond: z.number().min(0),
  /** Is in the lists from then on. */
  releasedAt: instant,
  firstSaleAt: instant.nullable(),
  lastSaleAt: instant.nullable(),
  stickerId: id,
  /** Colours and shape of its animation. */
  stickerSeed: z.int(),
});

export const formSchema = z.object({
  id,
  userId: id,
  giftId: id,
  /** `channel:<id>` or `user:<id>`. */
  peer: z.string(),
  stars,
  createdAt: instant,
  isPaid: z.boolean(),
});

export const transactionSchema = z.object({
  id: z.string(),
  userId: id,
  /** Negative = spent. */
  stars: z.int(),
  at: instant,
  giftId: id.nullable(),
  peer: z.string().nullable(),
  formId: id.nullable(),
  /** Balance after it. */
  balance: stars,
});

export const savedGiftSchema = z.object({
  id,
  giftId: id,
  peer: z.string(),
  fromId: id,
  isNameHidden: z.boolean(),
  message: z.string().nullable(),
  at: instant,
});

export const settingsSchema = z.object({
  /** PKCS#1 PEM of the server's RSA key. */
  privateKey: z.string(),
  /** Salt of the access hashes. */
  secret: z.string(),
  clockOffsetMs: z.number(),
});

export const counterSchema = z.object({ name: z.enum(['ids', 'duplicatedKeys']), value: z.int() });

export type User = z.infer<typeof userSchema>;
export type Channel = z.infer<typeof channelSchema>;
export type AuthKey = z.infer<typeof authKeySchema>;
export type LoginCode = z.infer<typeof codeSchema>;
export type Gift = z.infer<typeof giftSchema>;
export type Form = z.infer<typeof formSchema>;
export type Transaction = z.infer<typeof transactionSchema>;
export type SavedGift = z.infer<typeof savedGiftSchema>;
export type Settings = z.infer<typeof settingsSchema>;
export type Counter = z.infer<typeof counterSchema>;
