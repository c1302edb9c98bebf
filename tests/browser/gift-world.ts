import { createHash, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { BrowserContext } from 'playwright-core';
import type { DropPlan } from '../../contracts/stargifts.ts';
import { addChannelRule } from '../../db/repositories/channel-rules.ts';
import { insertDrop } from '../../db/repositories/drops.ts';
import { writeLedger } from '../../db/repositories/gift-ledger.ts';
import type { PlannedPurchase } from '../../domain/stargifts/plan-types.ts';
import type { StarGift } from '../../domain/stargifts/star-gift.ts';
import { addOwned } from '../api/owned.ts';
import { addPerson, type Person } from '../api/people.ts';
import type { TestApi } from '../api/support.ts';

const ANIMATION = '5168103777563050263';
const HOUR_MS = 3_600_000;

const gift = (id: string, title: string | null, given: Partial<StarGift> = {}): StarGift => ({
  ...{ id, title, priceStars: 500, isLimited: true, total: 5000, remaining: 1200, isSoldOut: false },
  ...{ requiresPremium: false, isAuction: false, perUserTotal: null, perUserRemaining: null, lockedUntil: null },
  ...{ upgradeStars: null, firstSaleAt: null, lastSaleAt: null, stickerId: null, ...given },
});

export const TEAPOT = gift('5170145012310081615', 'Teapot', { stickerId: ANIMATION });
export const LANTERN = gift('5170144170496491616', 'Lantern', { priceStars: 2500, total: 1000, remaining: 1000 });
const sale = { firstSaleAt: Date.UTC(2026, 10, 20, 12), lastSaleAt: Date.UTC(2026, 10, 20, 12, 0, 42) };
const SHOWN = [
  TEAPOT,
  gift('5168043875654172773', 'Paper crane', {
    requiresPremium: true,
    upgradeStars: 25,
    perUserTotal: 3,
    remaining: 310,
  }),
  gift('5170233102089322756', 'Golden samovar', { isAuction: true, priceStars: 15_000, total: 100, remaining: 100 }),
  gift('5168103777563050264', null, { isLimited: false, total: null, remaining: null, priceStars: 15 }),
  gift('5168103777563050265', 'Comet', { isSoldOut: true, remaining: 0, ...sale }),
];

/** A square that turns; what a .tgs file holds. */
const turningSquare = {
  ...{ v: '5.5.2', fr: 60, ip: 0, op: 60, w: 512, h: 512, nm: 'square', ddd: 0, assets: [], tgs: 1 },
  layers: [
    {
      ...{ ddd: 0, ind: 1, ty: 4, nm: 'layer', sr: 1, ip: 0, op: 60, st: 0, bm: 0 },
      ks: {
        ...{
          o: { a: 0, k: 100 },
          p: { a: 0, k: [256, 256, 0] },
          a: { a: 0, k: [0, 0, 0] },
          s: { a: 0, k: [100, 100, 100] },
        },
        r: {
          a: 1,
          k: [
            { t: 0, s: [0], e: [90], i: { x: [1], y: [1] }, o: { x: [0], y: [0] } },
            { t: 60, s: [90] },
          ],
        },
      },
      shapes: [
        {
          ...{ ty: 'gr', nm: 'group' },
          it: [
            { ty: 'rc', d: 1, s: { a: 0, k: [240, 240] }, p: { a: 0, k: [0, 0] }, r: { a: 0, k: 40 } },
            { ty: 'fl', c: { a: 0, k: [0.72, 0.25, 0.04, 1] }, o: { a: 0, k: 100 } },
            {
              ...{ ty: 'tr', p: { a: 0, k: [0, 0] }, a: { a: 0, k: [0, 0] }, s: { a: 0, k: [100, 100] } },
              ...{ r: { a: 0, k: 0 }, o: { a: 0, k: 100 } },
            },
          ],
        },
      ],
    },
  ],
};

export interface GiftWorld {
  readonly person: Person;
  readonly accountIds: readonly [string, string];
  readonly channelId: string;
}

/** Somebody with two accounts, a channel and a ledger of gifts. */
export async function addGiftWorld(api: TestApi): Promise<GiftWorld> {
  const person = await addPerson(api, 'user', `maria${randomUUID().slice(0, 4)}`);
  const accountIds = [await addOwned(api, person.id, 'accounts'), await addOwned(api, person.id, 'accounts')] as const;
  const [rich, poor] = accountIds;
  const em = api.em();
  await em.execute(
    `update telegram_account set name = 'Anna', username = 'anna', stars = 4200, is_premium = true,
       premium_until = now() + interval '90 days', last_checked_at = now() where id = ?`,
    [rich],
  );
  await em.execute(
    `update telegram_account set name = 'Boris', stars = 90, last_checked_at = now() - interval '1 hour' where id = ?`,
    [poor],
  );
  const open = { priceMin: null, priceMax: 3000, supplyMin: null, supplyMax: 10_000 };
  const found = { channelId: '-1001234567890', username: 'my_gifts', title: 'My gifts' };
  const checkedAt = new Date().toISOString();
  const access = [
    { accountId: rich, isReachable: true, takesGifts: true, error: null, checkedAt },
    { accountId: poor, isReachable: false, takesGifts: false, error: 'CHANNEL_PRIVATE', checkedAt },
  ];
  await addChannelRule(em, { userId: person.id, ip: '127.0.0.1' }, { ...found, ...open, access });
  await changeLedger(api, person.id, SHOWN);
  await keepAnimation(api);
  return { person, accountIds, channelId: found.channelId };
}

/** Writes gifts as the watcher does, each as one that has appeared. */
export async function changeLedger(api: TestApi, userId: string, gifts: readonly StarGift[]): Promise<void> {
  await api.em().transactional(async (tx) => {
    await writeLedger(tx, {
      userId,
      changed: gifts.map((one) => ({ gift: one, appearedAt: Date.now(), locks: {} })),
      changes: gifts.map(({ id }) => ({ kind: 'appeared', giftId: id })),
      baseline: false,
    });
  });
}

/** The animation of the teapot. */
async function keepAnimation(api: TestApi): Promise<void> {
  const bytes = gzipSync(JSON.stringify(turningSquare));
  const hash = createHash('sha256').update(bytes).digest('hex');
  await api
    .em()
    .execute('insert into sticker_file (content_hash, bytes) values (?, ?) on conflict do nothing', [hash, bytes]);
  await api.em().execute('update star_gift set sticker_hash = ? where sticker_id = ?', [hash, ANIMATION]);
}

/** A release that is about to be bought: two teapots and a lantern, a crane that is locked, a samovar that is not bought. */
export async function addDrop(api: TestApi, { person, accountIds, channelId }: GiftWorld): Promise<string> {
  const [rich, poor] = accountIds;
  const order = ({ id, priceStars, total }: StarGift): PlannedPurchase => ({
    ...{ accountId: rich, target: channelId, giftId: id, priceStars, supply: total ?? 0 },
  });
  const [, crane = TEAPOT, samovar = TEAPOT] = SHOWN;
  const plan: DropPlan = {
    gifts: [TEAPOT, LANTERN, crane, samovar],
    accounts: [
      { accountId: rich, balanceStars: 4200, terms: null },
      { accountId: poor, balanceStars: 90, terms: null },
    ],
    targets: [channelId],
    skips: [{ giftId: samovar.id, reason: 'auction_only', nearest: null }],
    deferred: [{ ...order(crane), runAt: Date.now() + HOUR_MS }],
  };
  const id = randomUUID();
  const operations = [order(TEAPOT), order(TEAPOT), order(LANTERN)];
  await insertDrop(api.em(), { id, userId: person.id, kind: 'release', seed: 'seed', plan, operations });
  await api.em().execute(`update drop_run set state = 'running' where id = ?`, [id]);
  return id;
}

/** Signs a browser in, as the sign-in does. */
export async function signInBrowser(context: BrowserContext, url: string, { headers }: Person): Promise<void> {
  const [name = '', value = ''] = headers.cookie.split('=');
  await context.addCookies([{ name, value, url }]);
}
