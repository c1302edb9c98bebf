import { defineUpdate } from '@temporalio/workflow';
import type { ChannelAccessRow, LoginStepName } from '../domain/accounts/account-state.ts';

/** Input of `telegramLogin`: everything else, the secrets sealed, is in the row `telegram_login`. */
export interface TelegramLoginInput {
  readonly userId: string;
  readonly loginId: string;
}

/** What the person wants next; what was typed lies sealed in the row's `input`. */
export interface LoginAction {
  /** `begin` asks for the code, or checks the session string that was brought. */
  readonly kind: 'begin' | 'code' | 'password' | 'resend' | 'cancel';
}

/** Input of `refreshAccount`. */
export interface RefreshAccountInput {
  readonly userId: string;
  readonly accountId: string;
}

/** The steps of a refresh as they begin, `save` before `done`; each one is real work. */
export type RefreshStage = 'connect' | 'profile' | 'stars' | 'premium' | 'save' | 'done';

/** Where a refresh stands; what it found is in the row. */
export interface RefreshProgress {
  readonly stages: readonly RefreshStage[];
  /** Code of the refusal or failure that ended it; null = none. */
  readonly error: string | null;
}

/** Input of `checkChannel`. */
export interface CheckChannelInput {
  readonly userId: string;
  /** `-100…` or `@name`. */
  readonly target: string;
}

/** What the user's accounts know of a channel; fails with `channel-unknown` or `no-account` when none can say. */
export interface ChannelCheck {
  /** `-100…`. */
  readonly channelId: string;
  /** Without `@`; null = none. */
  readonly username: string | null;
  readonly title: string;
  /** One for each account of the user. */
  readonly access: readonly ChannelAccessRow[];
}

/** Input of `checkBot`: the new token lies sealed in the user's settings. */
export interface CheckBotInput {
  readonly userId: string;
}

/** Whose token it is; fails with `bot-token-invalid` when it is nobody's. */
export interface BotCheck {
  /** Without `@`. */
  readonly username: string;
}

/**
 * Takes one action of a sign-in and answers with the step it led to; the rest of what came of it is in the row.
 * An action that does not fit the step changes nothing.
 */
export const loginActionUpdate = defineUpdate<LoginStepName, [LoginAction]>('login-action');
/** Answers when the refresh has more than `seen` stages, or has ended. */
export const refreshProgressUpdate = defineUpdate<RefreshProgress, [{ readonly seen: number }]>('progress');

/** One sign-in, one workflow. */
export const telegramLoginWorkflowId = (loginId: string): string => `telegram-login:${loginId}`;
/** One refresh at a time per account: a second one joins the first. */
export const refreshAccountWorkflowId = (accountId: string): string => `refresh-account:${accountId}`;
export const checkChannelWorkflowId = (userId: string, target: string): string => `check-channel:${userId}:${target}`;
/** One at a time per user: there is one new token. */
export const checkBotWorkflowId = (userId: string): string => `check-bot:${userId}`;
