import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { begin, eventually, startGiftWorld, type GiftWorld } from './gift-world.ts';

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
  expect(await world.agree()).toBe(bought);
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
    for (const host of killed) await host.process.start();
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
