/** Of a Telegram account: `revoked` asks for a new login, `frozen` and `banned` are Telegram's word, `flood-wait` ends by itself. */
export type AccountState = 'new' | 'ok' | 'flood-wait' | 'revoked' | 'frozen' | 'banned';

/** Where a sign-in to Telegram stands: `sending` = Telegram is being asked, `code` and `password` wait for the person. */
export type LoginStepName = 'sending' | 'code' | 'password' | 'done' | 'failed' | 'cancelled';

/** What one account may do in a channel, as found when it was checked last. */
export interface ChannelAccessRow {
  readonly accountId: string;
  readonly isReachable: boolean;
  readonly takesGifts: boolean;
  /** Code of the refusal, e.g. `CHANNEL_PRIVATE`; null = none. */
  readonly error: string | null;
  /** ISO 8601, UTC. */
  readonly checkedAt: string;
}

/** What is bought first when several gifts come at once: those with the smallest supply, or with the highest price. */
export type BuyOrder = 'scarcest' | 'dearest';
