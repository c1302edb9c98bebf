import { getMarkedPeerId, Long, type tl } from '@mtcute/core';
import type { BaseTelegramClient } from '@mtcute/node';
import type {
  AccountProfile,
  ChannelAccess,
  GiftOrder,
  PaymentForm,
  SavedGift,
  StarTransaction,
  TelegramAccount,
} from '../../activities/ports/telegram-account.ts';
import type { GiftTarget, StarGift } from '../../domain/stargifts/star-gift.ts';
import { TelegramError } from '../../domain/stargifts/telegram-error.ts';
import { closeClient } from './account-client.ts';
import { toStarGift } from './gift-list.ts';
import { payForm } from './pay-form.ts';
import { Peers } from './peers.ts';
import { premiumUntil, toProfile } from './profile.ts';
import { toSavedGift, toStarTransaction } from './star-records.ts';
import { StickerFiles } from './sticker-files.ts';
import { reading } from './telegram-failure.ts';

/** Every call answers within that, or fails. */
const CALL = { timeout: 8_000 } as const;
const PAGE = 100;
const SELF: tl.RawInputPeerSelf = { _: 'inputPeerSelf' };

/** An account whose connection is open. */
export class OpenAccount implements TelegramAccount {
  readonly #client: BaseTelegramClient;
  readonly #peers: Peers;
  readonly #stickers: StickerFiles;

  constructor(client: BaseTelegramClient) {
    this.#client = client;
    this.#peers = new Peers(client);
    this.#stickers = new StickerFiles(client, async () => {
      await this.starGifts(0);
    });
  }

  async starGifts(hash: number): Promise<{ readonly hash: number; readonly gifts: readonly StarGift[] } | null> {
    const list = await reading(() => this.#client.call({ _: 'payments.getStarGifts', hash }, CALL));
    if (list._ === 'payments.starGiftsNotModified') return null;
    const gifts = list.gifts.filter((gift) => gift._ === 'starGift');
    this.#stickers.learn(gifts);
    return { hash: list.hash, gifts: gifts.map(toStarGift) };
  }

  async profile(): Promise<AccountProfile> {
    const users = await reading(() => this.#client.call({ _: 'users.getUsers', id: [{ _: 'inputUserSelf' }] }, CALL));
    const [self] = users;
    if (self?._ !== 'user') throw new TelegramError('account-unusable', 'USER_DEACTIVATED');
    return toProfile(self);
  }

  async premiumUntil(): Promise<number | null> {
    try {
      return premiumUntil(await reading(() => this.#client.call({ _: 'help.getPremiumPromo' }, CALL)));
    } catch (err) {
      if (err instanceof TelegramError && err.consequence === 'refused') return null;
      throw err;
    }
  }

  async starBalance(): Promise<number> {
    const { balance } = await reading(() => this.#client.call({ _: 'payments.getStarsStatus', peer: SELF }, CALL));
    return balance._ === 'starsAmount' ? balance.amount.toNumber() : 0;
  }

  async meet({ channelId, username }: { readonly channelId: string; readonly username: string | null }): Promise<void> {
    await this.#peers.meet(channelId, username);
  }

  async channel(target: GiftTarget): Promise<ChannelAccess> {
    const peer = await this.#peers.resolve(target);
    if (peer._ !== 'inputPeerChannel') throw new TelegramError('wrong-target', 'CHANNEL_INVALID');
    const { channelId, accessHash } = peer;
    const channel = { _: 'inputChannel', channelId, accessHash } as const;
    const full = await this.#aboutTarget(target, () =>
      this.#client.call({ _: 'channels.getFullChannel', channel }, CALL),
    );
    const chat = full.chats.find((found) => found._ === 'channel' && found.id === channelId);
    if (chat?._ !== 'channel') throw new TelegramError('wrong-target', 'CHANNEL_PRIVATE');
    const isMember = chat.left !== true;
    const username = chat.username ?? chat.usernames?.find(({ active }) => active === true)?.username ?? null;
    return {
      channelId: String(getMarkedPeerId(peer)),
      title: chat.title,
      username,
      isMember,
      isReachable: isMember || username !== null,
      takesGifts: full.fullChat._ === 'channelFull' && full.fullChat.stargiftsAvailable === true,
    };
  }

  async paymentForm(order: GiftOrder): Promise<PaymentForm> {
    const invoice = await this.#invoice(order);
    const form = await this.#aboutTarget(order.target, () =>
      this.#client.call({ _: 'payments.getPaymentForm', invoice }, CALL),
    );
    const [price, ...more] = form.invoice.prices;
    const isPlain = form._ === 'payments.paymentFormStarGift' && form.invoice.currency === 'XTR';
    // A form with several prices, or in money, is not the one that was asked for.
    if (!isPlain || price === undefined || more.length > 0) throw new TelegramError('refused', 'FORM_UNSUPPORTED');
    return { formId: form.formId.toString(), stars: price.amount.toNumber() };
  }

  async pay(order: GiftOrder, formId: string): Promise<void> {
    const invoice = await this.#invoice(order);
    await payForm(this.#client, { invoice, formId });
  }

  async transactions({ sinceMs, limit }: { readonly sinceMs: number; readonly limit: number }) {
    const found: StarTransaction[] = [];
    for (let offset: string | undefined = ''; offset !== undefined && found.length < limit;) {
      const from: string = offset;
      const page = await reading(() =>
        this.#client.call({ _: 'payments.getStarsTransactions', peer: SELF, offset: from, limit: PAGE }, CALL),
      );
      const records = (page.history ?? []).filter(({ date }) => date * 1000 >= sinceMs);
      found.push(...records.map(toStarTransaction).filter((record) => record !== null));
      offset = records.length === page.history?.length && records.length > 0 ? page.nextOffset : undefined;
    }
    return found.slice(0, limit);
  }

  async savedGifts(target: GiftTarget, limit: number): Promise<readonly SavedGift[]> {
    const peer = await this.#peers.resolve(target);
    const found: SavedGift[] = [];
    for (let offset: string | undefined = ''; offset !== undefined && found.length < limit;) {
      const from: string = offset;
      const page = await this.#aboutTarget(target, () =>
        this.#client.call({ _: 'payments.getSavedStarGifts', peer, offset: from, limit: PAGE }, CALL),
      );
      found.push(...page.gifts.map(toSavedGift).filter((gift) => gift !== null));
      offset = page.gifts.length > 0 ? page.nextOffset : undefined;
    }
    return found.slice(0, limit);
  }

  async sticker(stickerId: string): Promise<Buffer> {
    return await this.#stickers.download(stickerId);
  }

  async close(): Promise<void> {
    await closeClient(this.#client);
  }

  async #invoice({ giftId, target }: GiftOrder): Promise<tl.RawInputInvoiceStarGift> {
    return {
      _: 'inputInvoiceStarGift',
      peer: await this.#peers.resolve(target),
      giftId: Long.fromString(giftId),
    };
  }

  /** An access hash that Telegram refuses is not used again. */
  async #aboutTarget<T>(target: GiftTarget, call: () => Promise<T>): Promise<T> {
    try {
      return await reading(call);
    } catch (err) {
      if (err instanceof TelegramError && err.consequence === 'wrong-target') this.#peers.forget(target);
      throw err;
    }
  }
}
