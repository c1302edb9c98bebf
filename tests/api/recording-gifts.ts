import type { GiftsDoor } from '../../api/deps.ts';
import { manualDropId, type ManualKey, type TakenPoll } from '../../client/stargifts.ts';
import type { ManualOrder, PollResult, WatchState } from '../../contracts/stargifts.ts';
import { stopDropRow } from '../../db/repositories/drops.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { RecordingAccounts } from './recording-accounts.ts';

/** Stands for the watchers and the drops: does at once in Postgres what they do, and keeps what it was asked. */
export class RecordingGifts extends RecordingAccounts implements GiftsDoor {
  /** By user. */
  readonly watches = new Map<string, WatchState>();
  /** Ids of drops that were started by hand, as often as it was asked. */
  readonly bought: string[] = [];
  /** What a look at the list brings; null = nobody can look. */
  poll: PollResult | null = { gifts: 3, events: 1, dropId: null };

  async setWatch(userId: string, on: boolean): Promise<void> {
    await this.record(`watch ${on ? 'on' : 'off'}`);
    if (!on) this.watches.delete(userId);
    else if (!this.watches.has(userId)) this.#set(userId, 'watching');
  }

  async pauseWatch(userId: string): Promise<WatchState> {
    await this.record('watch pause');
    return this.#set(userId, 'paused');
  }

  async resumeWatch(userId: string): Promise<WatchState> {
    await this.record('watch resume');
    return this.#set(userId, 'watching');
  }

  async watchState(userId: string): Promise<WatchState | null> {
    if (this.failure !== null) throw this.failure;
    return this.watches.get(userId) ?? null;
  }

  async askPoll(): Promise<TakenPoll> {
    await this.record('poll');
    return {
      result: async () => this.poll ?? (await Promise.reject(new DomainError('no-account', 'no account can look'))),
    };
  }

  async buyNow(key: ManualKey, { giftId, maxStars }: ManualOrder): Promise<void> {
    await this.record(`buy ${giftId} ${maxStars}`);
    this.bought.push(manualDropId(key));
  }

  async stopDrop(userId: string, dropId: string): Promise<void> {
    await this.record(`stop ${dropId}`);
    await stopDropRow(this.em(), userId, dropId);
  }

  #set(userId: string, state: WatchState['state']): WatchState {
    const watch = { state, queue: 'telegram-account:test', degradedSince: null, error: null };
    this.watches.set(userId, watch);
    return watch;
  }
}
