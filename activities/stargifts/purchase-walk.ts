import type { SqlEntityManager } from '@mikro-orm/sql';
import type { BuyInput, BuyResult } from '../../contracts/stargifts.ts';
import { holdsFence } from '../../db/repositories/account-leases.ts';
import {
  giveUp,
  movePurchase,
  nextPurchase,
  type GiveUp,
  type NextPurchase,
  type PurchaseRow,
} from '../../db/repositories/purchases.ts';
import { aftermathOf } from '../../domain/stargifts/aftermath.ts';
import { next, stepOf, type Purchase, type PurchaseEvent } from '../../domain/stargifts/purchase.ts';
import { SETTLED_AFTER_MS } from '../../domain/stargifts/reconcile.ts';
import { TelegramError } from '../../domain/stargifts/telegram-error.ts';
import type { TelegramAccount } from '../ports/telegram-account.ts';
import { verdictOn } from './verdict-on.ts';

export interface WalkScope {
  readonly em: () => SqlEntityManager;
  readonly input: BuyInput;
  readonly account: TelegramAccount;
  readonly fence: string;
  readonly signal: AbortSignal;
  /** How long Telegram still wants the account to be quiet, ms; 0 or less = it may ask. */
  readonly quietMs: () => number;
  /** Waits in this process; rejects when the signal fires. */
  readonly pause: (ms: number) => Promise<void>;
}

/** The lease went to another host, or another attempt moved on: whoever holds the account now goes on from the rows. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

/** A wait up to this long is sat out here; a longer one is a durable timer. */
const SHORT_WAIT_MS = 5_000;
const MAX_BACK_OFF_MS = 30_000;

/**
 * An account's purchases of one drop, one after the other. Every step is in Postgres before it is taken and is told from
 * the row alone, so that a walk begun anew, on any host, goes on exactly where the last one stopped.
 */
export class PurchaseWalk {
  readonly #scope: WalkScope;
  /** Looked up and not to be told yet. */
  readonly #inDoubt: string[] = [];
  #lookAgainMs = 0;
  #unanswered = 0;
  #paid = 0;
  #rejected = 0;
  #freed = false;
  /** Why the account can buy nothing any more; null = it can. */
  unusable: TelegramError | null = null;
  /** What Telegram last asked it to wait, ms; 0 = nothing. */
  floodMs = 0;

  constructor(scope: WalkScope) {
    this.#scope = scope;
  }

  /** @throws LeaseLostError */
  async run(): Promise<BuyResult> {
    for (;;) {
      this.#scope.signal.throwIfAborted();
      const row = await nextPurchase(this.#scope.em(), this.#scope.input, this.#inDoubt);
      if (row === null) return this.#result(this.#inDoubt.length > 0 ? Math.max(1_000, this.#lookAgainMs) : null);
      const waitMs = await this.#step(row);
      if (waitMs > SHORT_WAIT_MS) return this.#result(waitMs);
      if (waitMs > 0) await this.#scope.pause(waitMs);
    }
  }

  #result(waitMs: number | null): BuyResult {
    const { paid, rejected, freed } = { paid: this.#paid, rejected: this.#rejected, freed: this.#freed };
    return { paid, rejected, freed, waitMs: this.unusable === null ? waitMs : null };
  }

  /** Takes one step; answers how long to wait before the next, ms. */
  async #step(row: NextPurchase): Promise<number> {
    switch (row.status) {
      case 'SENDING': {
        const failure = { failure: 'unknown-outcome', code: 'INTERRUPTED' } as const;
        await this.#move(row, { kind: 'send-failed', ...failure });
        return 0;
      }
      case 'UNKNOWN':
        return await this.#whenAllowed(() => this.#settle(row));
      case 'PLANNED':
      case 'FORM':
        if (row.stopped) return await this.#giveUp({ accountId: row.accountId, code: 'STOPPED' });
        if (row.closed) return await this.#giveUp({ giftId: row.giftId, code: 'GIVEN_UP' });
        return await this.#whenAllowed(() => (row.status === 'PLANNED' ? this.#askForm(row) : this.#send(row)));
      case 'PAID':
      case 'REJECTED':
        return 0;
    }
  }

  async #whenAllowed(ask: () => Promise<number>): Promise<number> {
    const waitMs = this.#scope.quietMs();
    return waitMs > 0 ? waitMs : await ask();
  }

  async #askForm(row: NextPurchase): Promise<number> {
    let form: NextPurchase;
    try {
      const { formId, stars } = await this.#scope.account.paymentForm(row);
      const received = { kind: 'form-received', formId, stars, plannedStars: row.priceStars } as const;
      const priceStars = Math.min(stars, row.priceStars);
      const after = await this.#move(row, received, priceStars);
      if (after.status === 'REJECTED') return await this.#closeAfter(row, new TelegramError('price-changed', ''));
      form = { ...row, ...after, priceStars };
    } catch (err) {
      return await this.#failed(row, 'form-refused', telegramError(err));
    }
    // Whether it may still be sent is asked with the step itself: no look at the row between, which costs time.
    this.#scope.signal.throwIfAborted();
    return await this.#send(form);
  }

  /** Spends stars: at most once for each form, and what cannot be told is looked up, never guessed. */
  async #send(row: NextPurchase): Promise<number> {
    if (row.formId === null) throw new Error(`purchase ${row.id} has no form`);
    const sending: Purchase = next(row, { kind: 'sending' });
    if (!(await this.#commit(row, sending))) return await this.#mayGoOn(row);
    const sent = { ...row, ...sending };
    try {
      await this.#scope.account.pay(row, row.formId);
    } catch (err) {
      return await this.#failed(sent, 'send-failed', telegramError(err));
    }
    await this.#move(sent, { kind: 'paid' });
    this.#unanswered = 0;
    return 0;
  }

  async #failed(row: PurchaseRow, kind: 'form-refused' | 'send-failed', err: TelegramError): Promise<number> {
    const { status } = await this.#move(row, { kind, failure: err.consequence, code: err.code });
    if (status === 'REJECTED') return await this.#closeAfter(row, err);
    return status === 'UNKNOWN' && err.consequence !== 'retry-later' ? 0 : this.#later(err);
  }

  /** A payment in doubt: looked up, then the same form once more, which Telegram pays at most once, then looked up again. */
  async #settle(row: NextPurchase): Promise<number> {
    let verdict: Awaited<ReturnType<typeof verdictOn>>;
    try {
      verdict = await verdictOn(this.#scope, row);
    } catch (err) {
      return await this.#cannotLookUp(row, telegramError(err));
    }
    if (verdict !== 'paid' && stepOf(row) === 'resend' && !row.stopped) return await this.#send(row);
    if (verdict === 'undecided') return this.#lookAgain(row);
    const { status, failure, code } = await this.#move(row, { kind: 'reconciled', verdict });
    if (status !== 'REJECTED' || failure === null) return 0;
    return await this.#closeAfter(row, new TelegramError(failure, code ?? ''));
  }

  #lookAgain({ id, lastSentAt, now }: NextPurchase): number {
    this.#inDoubt.push(id);
    const settledInMs = (lastSentAt ?? now) + SETTLED_AFTER_MS - now;
    this.#lookAgainMs = Math.max(this.#lookAgainMs, settledInMs + 500);
    return 0;
  }

  /** It stays in doubt; an account that Telegram has closed is taken out all the same. */
  async #cannotLookUp(row: PurchaseRow, err: TelegramError): Promise<number> {
    if (err.consequence !== 'account-unusable') return this.#later(err);
    this.#inDoubt.push(row.id);
    return await this.#closeAfter(row, err);
  }

  #later(err: TelegramError): number {
    if (err.consequence === 'retry-later') return (this.floodMs = Math.max(err.retryAfterMs, 1_000));
    this.#unanswered += 1;
    return Math.min(250 * 2 ** this.#unanswered, MAX_BACK_OFF_MS);
  }

  /** What would meet the same no is not tried; its stars are for the next plan. */
  async #closeAfter({ accountId, giftId, target }: PurchaseRow, err: TelegramError): Promise<number> {
    switch (aftermathOf(err.consequence).closes) {
      case 'gift':
      case 'price':
        return await this.#giveUp({ giftId, code: 'GIVEN_UP' });
      case 'pair':
        return await this.#giveUp({ accountId, giftId, code: 'GIVEN_UP' });
      case 'target':
        return await this.#giveUp({ accountId, target, code: 'GIVEN_UP' });
      case 'balance':
        return await this.#giveUp({ accountId, code: 'GIVEN_UP' });
      case 'account':
        this.unusable = err;
        return await this.#giveUp({ accountId, code: 'GIVEN_UP' });
      case 'nothing':
        return 0;
    }
  }

  async #giveUp(what: Omit<GiveUp, 'dropId'>): Promise<number> {
    this.#rejected += await giveUp(this.#scope.em(), { dropId: this.#scope.input.dropId, ...what });
    if (what.code !== 'STOPPED') this.#freed = true;
    return 0;
  }

  async #move(row: PurchaseRow, event: PurchaseEvent, priceStars?: number): Promise<Purchase> {
    const to = next(row, event);
    if (!(await this.#commit(row, to, priceStars))) {
      throw new LeaseLostError(`purchase ${row.seq} (${row.id}) is not ours any more`);
    }
    if (to.status === 'PAID') this.#paid += 1;
    if (to.status === 'REJECTED') this.#rejected += 1;
    return to;
  }

  async #commit(from: PurchaseRow, to: Purchase, priceStars?: number): Promise<boolean> {
    const move = { from, to, fence: this.#scope.fence, ...(priceStars !== undefined && { priceStars }) };
    return await movePurchase(this.#scope.em(), move);
  }

  /** A stop, a sold-out gift or another attempt came between, which the next look at the row tells; or the lease is lost. */
  async #mayGoOn({ id, seq, accountId }: PurchaseRow): Promise<number> {
    if (await holdsFence(this.#scope.em(), accountId, this.#scope.fence)) return 0;
    throw new LeaseLostError(`the account of purchase ${seq} (${id}) is held by another host`);
  }
}

/** Everything that is not Telegram's word is rethrown: the row says how far we came. */
function telegramError(err: unknown): TelegramError {
  if (err instanceof TelegramError) return err;
  throw err;
}
