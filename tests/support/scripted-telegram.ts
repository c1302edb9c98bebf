import type {
  GiftOrder,
  PaymentForm,
  SavedGift,
  StarTransaction,
  TelegramAccount,
} from '../../activities/ports/telegram-account.ts';
import type { StarGift } from '../../domain/stargifts/star-gift.ts';
import { TelegramError } from '../../domain/stargifts/telegram-error.ts';

/** A gift row with everything that a test leaves open. */
export const giftRow = (fields: Partial<StarGift> & { readonly id: string }): StarGift => ({
  ...{ title: null, priceStars: 50, isLimited: true, total: 100, remaining: 100, isSoldOut: false },
  ...{ requiresPremium: false, isAuction: false, perUserTotal: null, perUserRemaining: null, lockedUntil: null },
  ...{ upgradeStars: null, firstSaleAt: null, lastSaleAt: null, stickerId: null },
  ...fields,
});

interface Form extends GiftOrder {
  readonly stars: number;
  isPaid: boolean;
}

/** What is for sale, to all accounts of a test. */
export type Shelf = Map<string, StarGift>;
/** Called before and after each call: what it throws, the caller hears. */
export type OnCall = (method: string, when: 'before' | 'after') => void;

/** One account with a star ledger of its own; a form is paid at most once, as at Telegram. */
export class ScriptedTelegram implements TelegramAccount {
  readonly charges: StarTransaction[] = [];
  readonly calls: string[] = [];
  readonly #forms = new Map<string, Form>();
  readonly #shelf: Shelf;
  balance: number;
  onCall: OnCall = () => undefined;

  constructor(shelf: Shelf, balance: number) {
    this.#shelf = shelf;
    this.balance = balance;
  }

  async starGifts() {
    return await this.#answer('starGifts', () => ({ hash: this.#shelf.size, gifts: [...this.#shelf.values()] }));
  }

  async starBalance() {
    return await this.#answer('starBalance', () => this.balance);
  }

  async paymentForm({ giftId, target }: GiftOrder): Promise<PaymentForm> {
    return await this.#answer('paymentForm', () => {
      const { priceStars: stars } = this.#gift(giftId);
      const formId = String(this.#forms.size + 1);
      this.#forms.set(formId, { giftId, target, stars, isPaid: false });
      return { formId, stars };
    });
  }

  async pay(_order: GiftOrder, formId: string): Promise<void> {
    await this.#answer('pay', () => {
      const form = this.#forms.get(formId);
      if (form === undefined) throw new TelegramError('form-expired', 'FORM_EXPIRED');
      if (form.isPaid) throw new TelegramError('already-submitted', 'FORM_SUBMIT_DUPLICATE');
      const gift = this.#gift(form.giftId);
      const remaining = gift.remaining ?? 0;
      if (remaining <= 0) throw new TelegramError('sold-out', 'STARGIFT_USAGE_LIMITED');
      if (this.balance < form.stars) throw new TelegramError('balance', 'BALANCE_TOO_LOW');
      form.isPaid = true;
      this.balance -= form.stars;
      this.#shelf.set(gift.id, { ...gift, remaining: remaining - 1 });
      const { giftId, target: peer, stars } = form;
      const id = String(this.charges.length + 1);
      const plain = { isRefund: false, isPending: false, isFailed: false };
      this.charges.unshift({ id, at: Date.now(), stars: -stars, giftId, peer, ...plain });
    });
  }

  async transactions({ sinceMs, limit }: { sinceMs: number; limit: number }) {
    return await this.#answer('transactions', () => this.charges.filter(({ at }) => at >= sinceMs).slice(0, limit));
  }

  async savedGifts(): Promise<readonly SavedGift[]> {
    return await Promise.resolve([]);
  }

  async profile() {
    return await Promise.resolve({ telegramId: '1', name: 'Anna', username: null, isPremium: false });
  }

  async premiumUntil() {
    return await Promise.resolve(null);
  }

  async meet(): Promise<void> {
    await Promise.resolve();
  }

  async channel(target: string) {
    const access = { isMember: true, isReachable: true, takesGifts: true };
    return await Promise.resolve({ channelId: target, username: null, title: target, ...access });
  }

  async sticker() {
    return await Promise.resolve(Buffer.alloc(0));
  }

  async close() {
    await Promise.resolve();
  }

  #gift(giftId: string): StarGift {
    const gift = this.#shelf.get(giftId);
    if (gift === undefined) throw new TelegramError('refused', 'STARGIFT_NOT_FOUND');
    return gift;
  }

  async #answer<T>(method: string, work: () => T): Promise<T> {
    await Promise.resolve();
    this.calls.push(method);
    this.onCall(method, 'before');
    const answer = work();
    this.onCall(method, 'after');
    return answer;
  }
}
