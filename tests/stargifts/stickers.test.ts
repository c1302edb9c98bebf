import { MockActivityEnvironment } from '@temporalio/testing';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AccountPool } from '../../activities/ports/account-pool.ts';
import { GiftPoller } from '../../activities/stargifts/gift-poller.ts';
import { createOutboxTeller } from '../../activities/stargifts/outbox-teller.ts';
import { createSendingActivities } from '../../activities/stargifts/sending.ts';
import { StickerCollector } from '../../activities/stargifts/sticker-collector.ts';
import { openWatch } from '../../db/repositories/gift-watch.ts';
import { createTelegramBots } from '../../providers/telegram-bot/bots.ts';
import { animationOf } from '../../sandbox/telegram-dc/gifts/animation.ts';
import { startBotApi } from '../../sandbox/telegram-bot/server.ts';
import { saveBuyers } from '../support/gift-buyers.ts';
import { startHostStage, type HostStage } from '../support/host-stage.ts';
import { BOT_TOKEN, QUICK_LIMITS } from '../support/outbox.ts';
import { ScriptedTelegram } from '../support/scripted-telegram.ts';
import { until } from '../support/stargift-stage.ts';

const CHAT = '-100777';
let stage: HostStage;
let host: ReturnType<HostStage['hostOf']>['host'];
let pool: AccountPool;
let collector: StickerCollector;
const woken: string[] = [];
const errors: unknown[] = [];
const onError = (err: unknown) => void errors.push(err);
const wakeOutbox = (userId: string) => Promise.resolve(void woken.push(userId));
beforeAll(async () => {
  stage = await startHostStage();
});
beforeEach(async () => {
  ({ host } = stage.hostOf('stickers'));
  pool = host;
  woken.length = 0;
  collector = collectorOf(host);
});
afterEach(async () => {
  await stage.clear();
  expect(errors.splice(0)).toEqual([]);
  await sql('delete from sticker_fetch');
});
afterAll(async () => await stage.stop());

const sql = async (text: string, params: readonly unknown[] = []) =>
  await stage.em().execute<Record<string, unknown>[]>(text, [...params]);
const collectorOf = (accounts: AccountPool) =>
  new StickerCollector({ orm: stage.orm, pool: accounts, wakeOutbox, onError, settleMs: 0, everyMs: 0 });
const release = async (...gifts: Parameters<HostStage['control']['releaseGifts']>[0]['gifts'] & object) =>
  (await stage.control.releaseGifts({ gifts })).map(({ id }) => id);
const downloads = async () => (await stage.control.requests({ method: 'upload.getFile' })).length;

/** A user who is told in one chat, with the gifts that are there known. */
async function watcher(): Promise<string> {
  const { userId } = await saveBuyers(stage.em(), stage.telegram, [10]);
  await sql(
    `update user_settings set notify_chats = ?::jsonb, notify_dms = false, autobuy_on = false where user_id = ?`,
    [...[JSON.stringify([CHAT]), userId]],
  );
  await host.renew();
  await openWatch(stage.em(), userId);
  await look(userId);
  return userId;
}

/** One look at the list. */
async function look(userId: string): Promise<void> {
  const poller = new GiftPoller(
    {
      ...{ orm: stage.orm, pool, teller: createOutboxTeller(), wakeOutbox, startDrop: () => Promise.resolve() },
      reportHealth: () => Promise.resolve(),
      buy: () => Promise.resolve({ paid: 0, rejected: 0, freed: false, waitMs: null }),
    },
    {
      ...{ userId, signal: new AbortController().signal, pause: () => Promise.resolve() },
      onLedger: () => collector.want(userId),
    },
  );
  await poller.once();
}

const lacking = async (userId: string) =>
  await sql('select gift_id from star_gift where user_id = ? and sticker_hash is null', [userId]);
const allKept = async (userId: string) => await until(async () => (await lacking(userId)).length === 0);
const told = async (userId: string) =>
  (await sql('select dedupe_key as key from outbox_message where user_id = ? order by id', [userId])).map(
    ({ key }) => key,
  );

test('animations of all gifts are fetched and kept as they are; that of a new gift follows its card, once', async () => {
  await release({ stars: 5, total: 10, stickerSeed: 41 });
  const userId = await watcher();
  await allKept(userId);
  expect(await told(userId)).toEqual([]);
  const [giftId = ''] = await release({ stars: 6, total: 1_000, title: 'Кубок', stickerSeed: 42 });
  await look(userId);
  await allKept(userId);
  const both = [`gift-card:${giftId}:${CHAT}`, `gift-sticker:${giftId}:${CHAT}`];
  await until(async () => (await told(userId)).length === 2);
  expect(await told(userId)).toEqual(both);
  await until(() => Promise.resolve(woken.length === 2));
  const [file] = await sql(
    'select bytes from sticker_file join star_gift on sticker_hash = content_hash where gift_id = ?',
    [giftId],
  );
  expect(file?.['bytes']).toEqual(animationOf(42));
  await look(userId);
  expect(await told(userId)).toEqual(both);

  const api = await startBotApi({ limits: QUICK_LIMITS });
  const bots = createTelegramBots({ apiRoot: api.url });
  const sending = { orm: stage.orm, bots, botTokenOf: () => Promise.resolve(BOT_TOKEN), limits: QUICK_LIMITS };
  await new MockActivityEnvironment().run(async () => await createSendingActivities(sending).drainOutbox({ userId }));
  expect(api.messages(CHAT).map(({ kind }) => kind)).toEqual(['text', 'sticker']);
  expect(api.violations).toEqual([]);
  await api.stop();
});

test('one animation is fetched once, whoever has the gift; who gets the gift later is shown it, too', async () => {
  const [first, second] = [await watcher(), await watcher()];
  await Promise.all([allKept(first), allKept(second)]);
  const before = await downloads();
  const [giftId = ''] = await release({ stars: 7, total: 10, stickerSeed: 43 });
  await look(first);
  await allKept(first);
  await look(second);
  await allKept(second);
  expect(await downloads()).toBe(before + 1);
  await until(async () => (await told(second)).includes(`gift-sticker:${giftId}:${CHAT}`));
});

test('a digest of many new gifts gets no stickers', async () => {
  const userId = await watcher();
  await release(...[51, 52, 53, 54, 55].map((stickerSeed) => ({ stars: 8, total: 10, stickerSeed })));
  await look(userId);
  await allKept(userId);
  const keys = await told(userId);
  expect(keys.map((key) => String(key).split(':')[0])).toEqual(['gift-digest']);
});

test('after an error it is tried again, later and later', async () => {
  const userId = await watcher();
  await allKept(userId);
  const fault = { kind: 'error', code: 420, message: 'FLOOD_WAIT_40' } as const;
  await stage.control.addFaults({ faults: [{ ...fault, method: 'upload.getFile' }] });
  await release({ stars: 9, total: 10, stickerSeed: 61 });
  await look(userId);
  const [waiting] = await until(async () => {
    const rows = await sql(`select extract(epoch from due_at - now())::int as "inS", failures from sticker_fetch
      where failures > 0`);
    return rows.length > 0 && rows;
  });
  expect(waiting?.['failures']).toBe(1);
  expect(Number(waiting?.['inS'])).toBeGreaterThan(35);
  const asked = await downloads();
  await look(userId);
  expect(await lacking(userId)).toHaveLength(1);
  expect(await downloads()).toBe(asked);
  await sql('update sticker_fetch set due_at = now()');
  await look(userId);
  await allKept(userId);
  expect(await sql('select * from sticker_fetch')).toEqual([]);
});

test.each([
  ['no gzip', Buffer.from('{}')],
  ['no JSON', gzipSync('<svg>')],
  ['more than 2 MB inflated', gzipSync(`{"v":"${'0'.repeat(2_000_001)}"}`)],
])('%s is never kept, nor asked for again soon', async (_name, bytes) => {
  const account = new ScriptedTelegram(new Map(), 0);
  account.sticker = () => Promise.resolve(bytes);
  const use: AccountPool['use'] = async (_id, fn) => await fn(account, '1');
  const scripted = { queue: 'q', held: () => ['a'], use, useAlone: use };
  await release({ stars: 9, total: 10, stickerSeed: 71 });
  collector = collectorOf(scripted);
  const userId = await watcher();
  await until(async () => (await sql('select 1 from sticker_fetch where failures > 0')).length > 0);
  const [row] = await sql(`select due_at > now() + interval '23 hours' as late from sticker_fetch where failures > 0`);
  expect(row).toEqual({ late: true });
  expect(await lacking(userId)).not.toEqual([]);
});

test('stock that falls alone wakes the outbox, because a card is edited', async () => {
  const userId = await watcher();
  const [id = ''] = await release({ stars: 9, total: 1_000, stickerSeed: 81 });
  await look(userId);
  await allKept(userId);
  await until(async () => (await told(userId)).length === 2 && woken.length === 2);
  await stage.control.changeGift({ id, remaining: 500 });
  await look(userId);
  expect(woken).toHaveLength(3);
  await look(userId);
  expect(woken).toHaveLength(3);
});
