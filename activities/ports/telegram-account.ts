import type { GiftTarget, StarGift } from '../../domain/stargifts/star-gift.ts';

/** A user's own Telegram account over MTProto: one auth key, one live connection. Every method has a timeout of its own. */
export interface TelegramAccount {
  /** All gifts; null when `hash`, of an earlier answer, still holds. It covers ids only: 0 asks for everything. @throws TelegramError */
  starGifts(hash: number): Promise<{ readonly hash: number; readonly gifts: readonly StarGift[] } | null>;
  profile(): Promise<AccountProfile>;
  /** Epoch ms; null = not premium, or not said. */
  premiumUntil(): Promise<number | null>;
  /** Whole Stars that can be spent now. */
  starBalance(): Promise<number>;
  /**
   * Makes sure that a channel can be addressed by its id, now and without further calls later: the account needs a key
   * of its own for it, from its chats or by the channel's public name. @throws TelegramError wrong-target
   */
  meet(channel: { readonly channelId: string; readonly username: string | null }): Promise<void>;
  /** What the account knows of a channel and may do there. @throws TelegramError wrong-target */
  channel(target: GiftTarget): Promise<ChannelAccess>;
  /** A form that can be paid once, within ten minutes; nothing is spent. */
  paymentForm(order: GiftOrder): Promise<PaymentForm>;
  /**
   * Pays a form: spends stars, is never repeated by itself.
   * @throws TelegramError `unknown-outcome` when it may have been paid (no answer in time, connection lost, 5xx),
   *   `already-submitted` when this form was paid or is being paid; every other consequence means nothing was spent
   */
  pay(order: GiftOrder, formId: string): Promise<void>;
  /** Star transactions, newest first, back to `sinceMs`, at most `limit`. */
  transactions(query: { readonly sinceMs: number; readonly limit: number }): Promise<readonly StarTransaction[]>;
  /** Gifts on show in a channel, newest first, at most `limit`. */
  savedGifts(target: GiftTarget, limit: number): Promise<readonly SavedGift[]>;
  /** The gift's animation (.tgs), at most 64 kB. @throws DomainError sticker-too-large */
  sticker(stickerId: string): Promise<Buffer>;
  /** Ends the connection; the session stays valid. */
  close(): Promise<void>;
}

export interface GiftOrder {
  readonly giftId: string;
  readonly target: GiftTarget;
}

export interface PaymentForm {
  /** 64-bit number in decimal: our idempotency key at Telegram. */
  readonly formId: string;
  /** What paying it would spend. */
  readonly stars: number;
}

export interface AccountProfile {
  /** 64-bit number in decimal. */
  readonly telegramId: string;
  readonly name: string;
  readonly username: string | null;
  readonly isPremium: boolean;
}

export interface ChannelAccess {
  /** `-100…`. */
  readonly channelId: string;
  readonly title: string;
  /** Without `@`; null = none. */
  readonly username: string | null;
  readonly isMember: boolean;
  /** The account is a member, or the channel is public: it can be addressed. */
  readonly isReachable: boolean;
  /** The channel takes gifts. */
  readonly takesGifts: boolean;
}

export interface StarTransaction {
  readonly id: string;
  /** Epoch ms, in whole seconds. */
  readonly at: number;
  /** Stars; negative = spent. */
  readonly stars: number;
  /** null = not a gift. */
  readonly giftId: string | null;
  /** Receiver or sender as `GiftTarget`; null = not a peer. */
  readonly peer: GiftTarget | null;
  readonly isRefund: boolean;
  readonly isPending: boolean;
  readonly isFailed: boolean;
}

export interface SavedGift {
  readonly giftId: string;
  /** Epoch ms, in whole seconds. */
  readonly at: number;
  /** Sender's Telegram id; null = hidden. */
  readonly fromId: string | null;
}

/** How an account is reached: all secret, never in a log, a payload or an answer. */
export interface AccountKeys {
  readonly apiId: number;
  readonly apiHash: string;
  /** mtcute session string. */
  readonly session: string;
}

/** Opens accounts. */
export interface TelegramAccounts {
  /** Connects with a saved session. @throws TelegramError account-unusable when Telegram no longer knows it */
  open(keys: AccountKeys): Promise<TelegramAccount>;
  /** A sign-in: each step starts from what the step before saved, so a process may die between two. */
  sendCode(input: { readonly apiId: number; readonly apiHash: string; readonly phone: string }): Promise<LoginStep>;
  resendCode(login: LoginState): Promise<LoginStep>;
  /** @throws TelegramError wrong-input with the code PHONE_CODE_INVALID, PHONE_CODE_EXPIRED … */
  signIn(login: LoginState, code: string): Promise<LoginResult>;
  checkPassword(login: LoginState, password: string): Promise<LoginResult>;
  /** Ends a session that nobody will use, at Telegram, too. */
  logOut(keys: AccountKeys): Promise<void>;
  /** A session string of mtcute, Pyrogram, Telethon or GramJS as ours. @throws DomainError session-malformed */
  importSession(text: string): Promise<string>;
}

/** Of a sign-in in progress; secret. */
export interface LoginState {
  readonly apiId: number;
  readonly apiHash: string;
  readonly phone: string;
  readonly phoneCodeHash: string;
  /** The half-made session. */
  readonly session: string;
}

export interface LoginStep {
  readonly login: LoginState;
  /** Digits of the code, and the way it was sent: app, sms, call … */
  readonly codeLength: number | null;
  readonly sentBy: string;
}

export type LoginResult =
  | { readonly state: 'password-needed'; readonly login: LoginState; readonly hint: string | null }
  | { readonly state: 'done'; readonly session: string; readonly profile: AccountProfile };
