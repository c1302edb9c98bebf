import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eventually } from './eventually.ts';
import { begin, startGiftWorld, type GiftWorld } from './gift-world.ts';

const ACCOUNTS = 7;
const TIMEOUT_MS = 150_000;
const PAY = 'payments.sendStarsForm';
/** Two gifts that every account takes one copy of: its first purchase is interrupted, and it has to go on after it. */
const BATCH = [
  { stars: 200, total: 1_000, perUserTotal: 1 },
  { stars: 30, total: 5_000, perUserTotal: 1 },
];

let world: GiftWorld;
let bought = 0;
beforeAll(async () => {
  world = await startGiftWorld(ACCOUNTS);
  await begin(world);
});
afterEach(async () => {
  world.holds.clear();
  await world.control.clearFaults({});
});
afterAll(async () => await world.stop());

const step = (to: string, from: string) =>
  new RegExp(`update purchase p set state = '${to}'.*p\\.state = '${from}'`, 's');

/** One account at each moment of a purchase, all at once: whoever comes first is stopped there. */
async function stopAtEveryMoment(): Promise<() => Promise<void>> {
  const { holds, control } = world;
  const held = [
    holds.arm(step('FORM', 'PLANNED'), 'request'), // the form is known to Telegram only
    holds.arm(step('SENDING', 'FORM'), 'request'), // FORM is saved
    holds.arm(step('SENDING', 'FORM'), 'answer'), // SENDING is saved
    holds.arm(step('PAID', 'SENDING'), 'request'), // after the answer, before the record
    holds.arm(step('PAID', 'SENDING'), 'answer'), // after the record
  ];
  await control.addFaults({
    faults: [
      { kind: 'hang', when: 'before', method: PAY }, // sent, not charged
      { kind: 'hang', when: 'after', method: PAY }, // charged, not answered
    ],
  });
  return async () => {
    await Promise.all(held.map(async ({ reached }) => await reached));
    await eventually('two payments hang', async () => (await control.faults({})).length === 0);
  };
}

/** Every account has one of each gift, once, and both ledgers agree. */
async function expectAllBought(giftIds: readonly string[]): Promise<void> {
  await world.decided(giftIds);
  bought += ACCOUNTS * giftIds.length;
  expect(await world.compare()).toMatchObject({ bought, problems: [] });
}

async function holders(): Promise<GiftWorld['hosts']> {
  const held = await world.rows<{ host: string }>('select distinct lease_host as host from telegram_account');
  return world.hosts.filter(({ process: { pid } }) => held.some(({ host }) => host.includes(`-${pid ?? ''}-`)));
}

test(
  'a host killed at every moment of a purchase: the other one finishes the plan',
  async () => {
    const reached = await stopAtEveryMoment();
    const gifts = await world.release(...BATCH);
    await reached();
    const killed = await holders();
    for (const host of killed) await host.process.kill();
    await world.control.clearFaults({});
    await expectAllBought(gifts);
    for (const host of killed) await host.start();
  },
  TIMEOUT_MS,
);

test(
  'the database killed at every moment of a purchase',
  async () => {
    const reached = await stopAtEveryMoment();
    const gifts = await world.release(...BATCH);
    await reached();
    await world.stack.postgres.restart();
    await expectAllBought(gifts);
  },
  TIMEOUT_MS,
);

test(
  'Temporal killed at every moment of a purchase',
  async () => {
    const reached = await stopAtEveryMoment();
    const gifts = await world.release(...BATCH);
    await reached();
    await world.stack.temporal.kill();
    for (const { gate } of world.hosts) gate.release();
    await world.stack.temporal.start();
    await expectAllBought(gifts);
  },
  TIMEOUT_MS,
);

test(
  'the workers of workflows, storage and messages killed in the midst of a drop',
  async () => {
    const reached = await stopAtEveryMoment();
    const gifts = await world.release(...BATCH);
    await reached();
    await world.crew.restart();
    for (const { gate } of world.hosts) gate.release();
    await expectAllBought(gifts);
  },
  TIMEOUT_MS,
);

test(
  'a host that no longer reaches the database: another one buys, and no key is ever used twice at once',
  async () => {
    const reached = await stopAtEveryMoment();
    const gifts = await world.release(...BATCH);
    await reached();
    const cut = await holders();
    for (const { gate } of cut) gate.cutOff();
    await world.control.clearFaults({});
    await expectAllBought(gifts);
    for (const { gate } of cut) gate.heal();
  },
  TIMEOUT_MS,
);

test(
  'each account meets another fault of the network, a gift costs more than its list says, one sells out meanwhile',
  async () => {
    const pay = { method: PAY } as const;
    const faults = [
      [{ ...pay, kind: 'drop', when: 'before' }],
      [{ ...pay, kind: 'drop', when: 'after' }],
      [{ ...pay, kind: 'late', delayMs: 9_000 }],
      [{ ...pay, kind: 'error', code: 420, message: 'FLOOD_WAIT_2' }],
      [{ ...pay, kind: 'forget' }],
      // Lost twice: only the books can tell that nothing was paid, and only then there is a new form.
      [{ ...pay, kind: 'drop', when: 'before', times: 2 }],
      [
        { ...pay, kind: 'error', code: 500, message: 'RPC_CALL_FAIL', when: 'after' },
        { method: 'payments.getStarsTransactions', kind: 'drop', when: 'before' },
      ],
    ] as const;
    const { control, buyers } = world;
    const own = buyers.accounts.flatMap(({ telegramId: account }, at) =>
      (faults[at] ?? []).map((fault) => ({ ...fault, account })),
    );
    await control.addFaults({ faults: own });
    const [scarce = '', dearer = '', popular = ''] = await world.release(
      { stars: 200, total: 150, perUserTotal: 1 },
      { stars: 50, formStars: 60, total: 300, perUserTotal: 1 },
      { stars: 30, total: 2_000, perUserTotal: 1, otherBuyersPerSecond: 400 },
    );
    await world.decided([scarce, dearer, popular]);
    const states = await world.rows<{ gift: string; state: string; failure: string | null }>(
      `select gift_id::text as gift, state, failure from purchase where gift_id::text in (?, ?, ?)`,
      [scarce, dearer, popular],
    );
    const of = (gift: string, state: string) => states.filter((row) => row.gift === gift && row.state === state);
    expect(of(scarce, 'PAID')).toHaveLength(ACCOUNTS);
    expect(of(dearer, 'PAID')).toHaveLength(0);
    expect(of(dearer, 'REJECTED')[0]?.failure).toBe('price-changed');
    bought += ACCOUNTS + of(popular, 'PAID').length;
    expect(await world.compare()).toMatchObject({ bought, problems: [] });
  },
  TIMEOUT_MS,
);

test(
  'through all of that every notice and every report was told once',
  async () => {
    const { bots, rows } = world;
    await eventually('nothing is left to send', async () => {
      const [left] = await rows<{ left: number }>(
        `select count(*)::int as left from outbox_message where state in ('pending', 'sending')`,
      );
      return left?.left === 0;
    });
    const [count] = await rows<{ drops: number; reports: number; sent: number; doubtful: number; all: number }>(
      `select (select count(*)::int from drop_run) as drops, count(*)::int as all,
         count(*) filter (where starts_with(dedupe_key, 'drop-report'))::int as reports,
         count(*) filter (where state = 'sent')::int as sent, count(*) filter (where state = 'unknown')::int as doubtful
       from outbox_message where edits is null`,
    );
    expect(count).toMatchObject({ drops: 6, reports: 6 * ACCOUNTS });
    const { sent = 0, doubtful = 0, all = 0 } = count ?? {};
    expect(sent + doubtful).toBe(all);
    const messages = bots.messages();
    // One whose sender died meanwhile is never sent again: it arrived or it did not.
    expect(messages.length).toBeGreaterThanOrEqual(sent);
    expect(messages.length).toBeLessThanOrEqual(all);
    expect(doubtful).toBeLessThanOrEqual(2 * ACCOUNTS);
    expect(bots.violations).toEqual([]);
  },
  TIMEOUT_MS,
);
