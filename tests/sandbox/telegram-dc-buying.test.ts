import { gunzipSync } from 'node:zlib';
import type { TelegramClient, tl } from '@mtcute/node';
import Long from 'long';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTelegramDc, type RunningTelegramDc } from '../../sandbox/telegram-dc/server.ts';
import { ONCE, connectAs, refusalOf } from './telegram-dc-client.ts';

let dc: RunningTelegramDc;
beforeAll(async () => (dc = await startTelegramDc()));
afterAll(async () => {
  const counters = await dc.control.counters({});
  expect(counters).toMatchObject({ duplicatedKeys: 0, doubleCharges: 0, unbalancedAccounts: 0, brokenCalls: [] });
  await dc.stop();
});

let lastPhone = 79_991_000_000;

interface Buyer {
  readonly client: TelegramClient;
  readonly phone: string;
  readonly id: string;
}

/** An account of its own for one test; the client is closed at its end. */
async function withBuyer(fields: { balance?: number; isPremium?: boolean }, use: (buyer: Buyer) => Promise<void>) {
  lastPhone += 1;
  const { id, phone } = await dc.control.addUser({ phone: String(lastPhone), ...fields });
  const client = await connectAs(dc, phone);
  try {
    await use({ client, phone, id });
  } finally {
    await client.destroy();
  }
}

/** A channel that the account may send gifts to, and its input peer. */
async function channelFor({ client }: Buyer, fields: { takesGifts?: boolean } = {}) {
  const username = `gifts_${(await dc.control.channels({})).length}_channel`;
  const channel = await dc.control.addChannel({ title: 'Подарки', username, ...fields });
  const found = await client.call({ _: 'contacts.resolveUsername', username });
  const chat = found.chats[0];
  if (chat?._ !== 'channel' || chat.accessHash === undefined) throw new Error('no channel was found');
  const peer: tl.TypeInputPeer = { _: 'inputPeerChannel', channelId: chat.id, accessHash: chat.accessHash };
  return { channel, peer };
}

function invoiceOf(peer: tl.TypeInputPeer, giftId: string): tl.RawInputInvoiceStarGift {
  const message: tl.RawTextWithEntities = { _: 'textWithEntities', text: 'привет', entities: [] };
  return { _: 'inputInvoiceStarGift', peer, giftId: Long.fromString(giftId), hideName: true, message };
}

async function formFor({ client }: Buyer, invoice: tl.TypeInputInvoice): Promise<tl.payments.RawPaymentFormStarGift> {
  const form = await client.call({ _: 'payments.getPaymentForm', invoice }, ONCE);
  if (form._ !== 'payments.paymentFormStarGift') throw new Error(`a form of another kind: ${form._}`);
  return form;
}

async function pay({ client }: Buyer, invoice: tl.TypeInputInvoice, formId: tl.Long) {
  return await client.call({ _: 'payments.sendStarsForm', formId, invoice }, ONCE);
}

async function listFor({ client }: Buyer, hash = 0): Promise<tl.payments.RawStarGifts> {
  const list = await client.call({ _: 'payments.getStarGifts', hash });
  if (list._ !== 'payments.starGifts') throw new Error('not modified');
  return list;
}

describe('the list of gifts', () => {
  test('is the same hash until ids change; prices and stock do not count', async () => {
    await withBuyer({}, async (buyer) => {
      const [gift] = await dc.control.releaseGifts({ gifts: [{ stars: 100, total: 10, title: 'Часы' }] });
      const { hash, gifts } = await listFor(buyer);
      const shown = gifts.find(({ id }) => id.toString() === gift?.id);
      expect(shown).toMatchObject({ limited: true, availabilityRemains: 10, availabilityTotal: 10, title: 'Часы' });
      await dc.control.changeGift({ id: gift?.id ?? '', stars: 90, remaining: 4 });
      expect((await buyer.client.call({ _: 'payments.getStarGifts', hash }))._).toBe('payments.starGiftsNotModified');
      await dc.control.releaseGifts({ generate: { count: 20, seed: 1 } });
      expect((await listFor(buyer, hash)).gifts).toHaveLength(gifts.length + 20);
      const polls = await dc.control.requests({ method: 'payments.getStarGifts', account: buyer.id });
      expect(polls.map(({ giftCount }) => giftCount)).toEqual([gifts.length, null, gifts.length + 20]);
      expect(polls.every(({ receivedAt, answeredAt }) => answeredAt !== null && answeredAt > receivedAt)).toBe(true);
    });
  });

  test('says locks, limits and sold-out dates; other buyers take copies', async () => {
    await withBuyer({}, async (buyer) => {
      const soon = Date.now() + 3_600_000;
      const [locked, selling, auction] = await dc.control.releaseGifts({
        gifts: [
          { stars: 50, total: 5, perUserTotal: 2, accountLocks: { [buyer.id]: soon } },
          { stars: 50, total: 5, otherBuyersPerSecond: 1 },
          { stars: 50, total: 5, isAuction: true, requirePremium: true, upgradeStars: 25 },
        ],
      });
      await dc.control.advanceClock({ ms: 5000 });
      const { gifts } = await listFor(buyer);
      const find = (id: string | undefined) => gifts.find((gift) => gift.id.toString() === id);
      expect(find(locked?.id)).toMatchObject({
        perUserTotal: 2,
        perUserRemains: 2,
        lockedUntilDate: Math.floor(soon / 1000),
      });
      expect(find(selling?.id)).toMatchObject({ soldOut: true, availabilityRemains: 0 });
      expect(find(auction?.id)).toMatchObject({ auction: true, requirePremium: true });
      const lock = await buyer.client.call({
        _: 'payments.checkCanSendGift',
        giftId: Long.fromString(locked?.id ?? ''),
      });
      expect(lock._).toBe('payments.checkCanSendGiftResultFail');
    });
  });

  test('has animations of its own: gzipped Lottie', async () => {
    await withBuyer({}, async (buyer) => {
      await dc.control.releaseGifts({ gifts: [{ stars: 15 }] });
      const gift = (await listFor(buyer)).gifts.at(-1);
      if (gift?._ !== 'starGift' || gift.sticker._ !== 'document') throw new Error('no sticker');
      const { sticker } = gift;
      const { id, accessHash, fileReference } = sticker;
      const location: tl.RawInputDocumentFileLocation = {
        _: 'inputDocumentFileLocation',
        id,
        accessHash,
        fileReference,
        thumbSize: '',
      };
      const request: tl.upload.RawGetFileRequest = { _: 'upload.getFile', location, offset: 0, limit: 65_536 };
      const file = await buyer.client.call(request);
      if (file._ !== 'upload.file') throw new Error('no file');
      expect(file.bytes).toHaveLength(sticker.size);
      expect(JSON.parse(gunzipSync(file.bytes).toString())).toMatchObject({ tgs: 1, w: 512, h: 512, fr: 60 });
      const downloaded = await buyer.client.downloadAsBuffer(location, { fileSize: sticker.size });
      expect(Buffer.from(downloaded).equals(file.bytes)).toBe(true);
      // Over a connection of its own: still one client, as the end of this file checks.
      await buyer.client.call(request, { kind: 'download' });
      expect((await dc.control.counters({})).openConnections).toBe(2);
      await dc.control.advanceClock({ ms: 3 * 3_600_000 });
      expect(await refusalOf(buyer.client.call(request))).toBe('FILE_REFERENCE_EXPIRED');
    });
  });
});

describe('buying', () => {
  test('charges once per form, exactly, and the gift is with the channel', async () => {
    await withBuyer({ balance: 1000 }, async (buyer) => {
      const { channel, peer } = await channelFor(buyer);
      const [gift] = await dc.control.releaseGifts({ gifts: [{ stars: 300, total: 10, perUserTotal: 5 }] });
      const invoice = invoiceOf(peer, gift?.id ?? '');
      const form = await formFor(buyer, invoice);
      expect(form.invoice.prices.map(({ amount }) => amount.toString())).toEqual(['300']);
      expect((await pay(buyer, invoice, form.formId))._).toBe('payments.paymentResult');
      expect(await refusalOf(pay(buyer, invoice, form.formId))).toBe('FORM_SUBMIT_DUPLICATE');

      const ledger = await dc.control.ledger({ account: buyer.phone });
      expect(ledger.balance).toBe(700);
      expect(ledger.purchases).toMatchObject([
        { giftId: gift?.id, peer: `channel:${channel.id}`, stars: 300, formId: form.formId.toString() },
      ]);
      const self: tl.RawInputPeerSelf = { _: 'inputPeerSelf' };
      const status = await buyer.client.call({ _: 'payments.getStarsStatus', peer: self });
      expect(status.balance.amount.toString()).toBe('700');
      const spent = await buyer.client.call({
        _: 'payments.getStarsTransactions',
        outbound: true,
        peer: self,
        offset: '',
        limit: 10,
      });
      expect(spent.history?.map(({ amount }) => amount.amount.toString())).toEqual(['-300']);
      const page = await buyer.client.call({ _: 'payments.getStarsTransactions', peer: self, offset: '', limit: 1 });
      expect([page.history?.length, page.nextOffset]).toEqual([1, '1']);
      const saved = await buyer.client.call({ _: 'payments.getSavedStarGifts', peer, offset: '', limit: 10 });
      expect(saved.gifts[0]).toMatchObject({ nameHidden: true, message: { text: 'привет' } });
      expect((await listFor(buyer)).gifts.at(-1)).toMatchObject({ availabilityRemains: 9, perUserRemains: 4 });
    });
  });

  test('is refused with the name that Telegram has for it, and costs nothing', async () => {
    await withBuyer({ balance: 100 }, async (buyer) => {
      const { peer } = await channelFor(buyer);
      const closed = await channelFor(buyer, { takesGifts: false });
      const [plain, premium, dear, last, own, locked] = await dc.control.releaseGifts({
        gifts: [
          { stars: 10, total: 5 },
          { stars: 10, total: 5, requirePremium: true },
          { stars: 101, total: 5 },
          { stars: 10, total: 1, remaining: 0 },
          { stars: 10, total: 5, perUserTotal: 1 },
          { stars: 10, total: 5, lockedUntil: Date.now() + 10 * 86_400_000 },
        ],
      });
      const form = async (gift: { id: string } | undefined, to = peer) =>
        await refusalOf(formFor(buyer, invoiceOf(to, gift?.id ?? '')));
      expect(await form(premium)).toBe('PREMIUM_ACCOUNT_REQUIRED');
      expect(await form(last)).toBe('STARGIFT_USAGE_LIMITED');
      expect(await form(locked)).toBe('STARGIFT_NOT_AVAILABLE');
      expect(await form({ id: '17' })).toBe('STARGIFT_INVALID');
      expect(await form(plain, closed.peer)).toBe('STARGIFT_PEER_INVALID');
      expect(await form(plain, { _: 'inputPeerChannel', channelId: 5, accessHash: Long.ONE })).toBe('PEER_ID_INVALID');

      const dearInvoice = invoiceOf(peer, dear?.id ?? '');
      const { formId } = await formFor(buyer, dearInvoice);
      expect(await refusalOf(pay(buyer, dearInvoice, formId))).toBe('BALANCE_TOO_LOW');

      const ownInvoice = invoiceOf(peer, own?.id ?? '');
      const [first, second] = [await formFor(buyer, ownInvoice), await formFor(buyer, ownInvoice)];
      await pay(buyer, ownInvoice, first.formId);
      expect(await refusalOf(pay(buyer, ownInvoice, second.formId))).toBe('STARGIFT_USER_USAGE_LIMITED');

      const plainInvoice = invoiceOf(peer, plain?.id ?? '');
      const stale = await formFor(buyer, plainInvoice);
      await dc.control.changeGift({ id: plain?.id ?? '', stars: 11 });
      expect(await refusalOf(pay(buyer, plainInvoice, stale.formId))).toBe('STARS_FORM_AMOUNT_MISMATCH');
      const old = await formFor(buyer, plainInvoice);
      await dc.control.advanceClock({ ms: 601_000 });
      expect(await refusalOf(pay(buyer, plainInvoice, old.formId))).toBe('FORM_EXPIRED');
      await dc.control.changeUser({ account: buyer.phone, state: 'frozen' });
      expect(await refusalOf(formFor(buyer, plainInvoice))).toBe('FROZEN_METHOD_INVALID');
      expect((await dc.control.ledger({ account: buyer.phone })).balance).toBe(90);
    });
  });

  test('a private channel is open to members only', async () => {
    await withBuyer({}, async (buyer) => {
      const channel = await dc.control.addChannel({ title: 'Закрытый', members: [buyer.phone] });
      const dialogs = await buyer.client.call({
        _: 'messages.getDialogs',
        offsetDate: 0,
        offsetId: 0,
        offsetPeer: { _: 'inputPeerEmpty' },
        limit: 100,
        hash: Long.ZERO,
      });
      if (dialogs._ !== 'messages.dialogs') throw new Error('no dialogs');
      const chat = dialogs.chats[0];
      if (chat?._ !== 'channel' || chat.accessHash === undefined) throw new Error('no channel');
      const input: tl.RawInputChannel = { _: 'inputChannel', channelId: chat.id, accessHash: chat.accessHash };
      const full = await buyer.client.call({ _: 'channels.getFullChannel', channel: input });
      expect(full.fullChat).toMatchObject({ _: 'channelFull', stargiftsAvailable: true });
      const me = await buyer.client.call({
        _: 'channels.getParticipant',
        channel: input,
        participant: { _: 'inputPeerSelf' },
      });
      expect(me.participant._).toBe('channelParticipantSelf');
      await dc.control.changeChannel({ id: channel.id, members: [] });
      expect(await refusalOf(buyer.client.call({ _: 'channels.getChannels', id: [input] }))).toBe('CHANNEL_PRIVATE');
    });
  });
});
