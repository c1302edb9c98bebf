import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { DeferredPurchase, GiftSkip, GiftTerms } from '../domain/stargifts/plan-types.ts';
import type { GiftTarget, StarGift } from '../domain/stargifts/star-gift.ts';

/** `release` = what a watcher found, `manual` = one gift that a person chose. */
export type DropKind = 'release' | 'manual';
/** `waiting` = all that can be bought now is decided, the rest is locked until a known time. */
export type DropState = 'planned' | 'running' | 'waiting' | 'stopped' | 'done';
/** What a drop was planned from, and what became of gifts that are not bought; the operations are its purchases. */
export interface DropPlan {
  /** The gifts as they were seen, in the order they came in. */
  readonly gifts: readonly StarGift[];
  /** The accounts that were asked, with the stars that were free then. */
  readonly accounts: readonly PlannedAccount[];
  /** Targets of the channels then, the oldest rule first. */
  readonly targets: readonly GiftTarget[];
  readonly skips: readonly GiftSkip[];
  readonly deferred: readonly DeferredPurchase[];
}

export interface PlannedAccount {
  readonly accountId: string;
  readonly balanceStars: number;
  /** What its own list said of the drop's gifts, by gift id; null = it was not read. */
  readonly terms: Readonly<Record<string, GiftTerms>> | null;
}

/** What a drop came to; stars are whole. */
export interface DropReport {
  /** The messages that were sent, HTML. */
  readonly messages: readonly string[];
  readonly gifts: number;
  readonly bought: number;
  readonly spentStars: number;
  /** Purchases whose outcome nobody could tell yet; they are being looked up. */
  readonly unknown: number;
}

/** Input of `watchGifts`. */
export interface WatchInput {
  readonly userId: string;
  /** `once` answers one `pollNow` and ends: the switch is off. */
  readonly mode?: 'once';
  readonly paused?: boolean;
  /** Set by continue-as-new: the watch is open already. */
  readonly opened?: boolean;
  readonly health?: WatchHealth;
}

/** `degraded` = no account gets an answer. */
export interface WatchHealth {
  /** Epoch ms; null = well. */
  readonly degradedSince: number | null;
  /** Code of the last error; null = none. */
  readonly error: string | null;
}

export interface WatchState extends WatchHealth {
  readonly state: 'starting' | 'watching' | 'degraded' | 'paused';
  /** Host whose accounts are polled; null = none holds one. */
  readonly queue: string | null;
}

/** What one poll brought. */
export interface PollResult {
  /** Gifts in the list. */
  readonly gifts: number;
  /** Events it caused. */
  readonly events: number;
  /** The drop that it started; null = none. */
  readonly dropId: string | null;
}

/** Input of `buyDrop`; everything else is in the drop's row. */
export interface DropInput {
  readonly userId: string;
  readonly dropId: string;
  /** Who buys first, with the queue of each account's host; absent = it is looked up. */
  readonly crew?: readonly CrewMember[];
  /** Of a drop of kind `manual`: what to buy; its row is made by the workflow. */
  readonly order?: ManualOrder;
  /** Set by continue-as-new: reports told so far, and whether it was stopped. */
  readonly parts?: number;
  readonly stopped?: boolean;
}

export interface CrewMember {
  readonly accountId: string;
  /** null = no host holds the account now. */
  readonly queue: string | null;
}

/** One gift for one receiver, by hand. */
export interface ManualOrder {
  readonly accountId: string;
  readonly giftId: string;
  readonly target: GiftTarget;
  /** What the person saw and agreed to, stars. */
  readonly maxStars: number;
}

/** Input of `buyForAccount`. */
export interface BuyInput {
  readonly userId: string;
  readonly dropId: string;
  readonly accountId: string;
}

/** How an account's part of a drop stands. */
export interface BuyResult {
  /** Purchases that it decided in this call. */
  readonly paid: number;
  readonly rejected: number;
  /** Stars or copies were set free that other purchases could use. */
  readonly freed: boolean;
  /** Something is left that may be tried after so long, ms; null = nothing is left. */
  readonly waitMs: number | null;
}

export interface DropProgress {
  readonly dropId: string;
  readonly state: DropState;
  readonly round: number;
  /** Accounts that are buying now. */
  readonly buying: number;
  /** Epoch ms of the next deferred operation; null = none. */
  readonly runAt: number | null;
  readonly stopped: boolean;
}

/** What is to be done next after a round. */
export interface NextRound {
  readonly crew: readonly CrewMember[];
  /** Epoch ms of the first deferred operation; null = none. */
  readonly runAt: number | null;
}

/** Where an account can be reached. */
export interface AccountPlace {
  /** False: Telegram refuses it, or it was removed. */
  readonly isUsable: boolean;
  /** null = no host holds it now. */
  readonly queue: string | null;
}

/** The switch was turned on; nothing happens when it is on already. */
export const watchOnSignal = defineSignal('on');
export const stopWatchSignal = defineSignal('stop');
/** Sent by the polling activity when it stops getting answers, and when it gets them again. */
export const watchHealthSignal = defineSignal<[WatchHealth]>('health');
/** Sent when something about the user's accounts changed, so that a host is looked for at once. */
export const watchAgainSignal = defineSignal('again');
/** Holds the watcher; answers once nobody polls. */
export const pauseWatchUpdate = defineUpdate<WatchState>('pause');
/** Lets a paused watcher go on. */
export const resumeWatchUpdate = defineUpdate<WatchState>('resume');
export const watchStateQuery = defineQuery<WatchState>('state');
/** Asks for the whole list now; fails with `no-account` when no host holds one. */
export const pollNowUpdate = defineUpdate<PollResult>('poll-now');

/** Nothing more is bought; what is under way is settled. */
export const stopDropSignal = defineSignal('stop');
export const dropProgressQuery = defineQuery<DropProgress>('progress');

/** One watcher per user. */
export const watchGiftsWorkflowId = (userId: string): string => `gift-watch:${userId}`;
/** One drop, one workflow: a second watcher, a retry or a double click starts nothing twice. */
export const buyDropWorkflowId = (userId: string, dropId: string): string => `drop:${userId}:${dropId}`;
