import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStargiftStage, until, type StargiftStage } from '../support/stargift-stage.ts';

const PAY = 'payments.sendStarsForm';
const HERE = 'tests/stargifts/reference-weaknesses.test.ts';
const WALK = 'tests/stargifts/purchase-walk.test.ts';
const DROP = 'tests/stargifts/drop.test.ts';
const LIST = 'tests/stargifts/record-list.test.ts';
const PLAN = 'domain/stargifts/plan-autobuy.test.ts';

/** What the reference program gets wrong, and the test that fails on it. */
const WEAKNESSES: readonly (readonly [string, string, string])[] = [
  ['a crash in the midst of a plan loses the rest', WALK, 'killed before or after any statement and any call'],
  [
    'what was seen is kept before what it causes',
    LIST,
    'a crash in the transaction leaves neither the gift nor the drop',
  ],
  ['two processes buy the same release twice', LIST, 'two watchers of one release make one drop'],
  ['the first start buys the whole catalogue', DROP, 'the first look buys nothing'],
  ['turning the switch on again buys what appeared meanwhile', LIST, 'what came while the switch was off'],
  ['a purchase by hand that is asked for again is made again', DROP, 'a purchase by hand is made once for its key'],
  ['a payment without an answer is sent again or forgotten', DROP, 'a charge whose answer is lost is found'],
  ['a refresh swallows new gifts', DROP, 'a refresh by hand goes through the watcher'],
  ['restocks, prices and locks never lead to a purchase', DROP, 'a restock and a lower price are reasons to buy again'],
  ['one bad row ends the run for all gifts', PLAN, 'skips a row that makes no sense alone'],
  ['one account’s limits count for all', LIST, 'limits and locks are no change for another'],
  ['premium gifts are planned for everybody', PLAN, 'buys premium gifts with premium accounts only'],
  [
    'a forced target buys at any price, without a cap',
    PLAN,
    'receives everything, but nothing above the highest price',
  ],
  ['switching off does not stop a running plan', WALK, 'when the switch is turned off'],
  ['accounts buy one after the other', HERE, 'accounts buy side by side'],
  ['flood waits are failures, and failures are repeated at once', WALK, 'a short flood wait is sat out'],
  ['a sold-out gift is tried again and again and keeps its stars', DROP, 'stars that a sold-out gift held'],
  ['everybody is told what anybody finds', HERE, 'a user’s finds are told to that user alone'],
  [
    'a message that meets 429 is dropped',
    'tests/activities/sending.test.ts',
    'the chat waits for as long as was asked',
  ],
  ['keys and tokens lie about in clear', 'tests/api/secrets-canary.test.ts', 'what is secret is in no answer'],
  ['a sign-in is open to other users', 'tests/api/ownership.test.ts', 'a sign-in cannot be begun with the profile'],
  [
    'anybody stores any animation under any name',
    'tests/api/star-gifts.test.ts',
    'nobody can put bytes under the hash of others',
  ],
  ['anybody locks anybody out', 'tests/api/slow-down.test.ts', 'slow down who guesses, and nobody else'],
  [
    'a revoked account vanishes without a word',
    'tests/accounts/account-care.test.ts',
    'a revoked account is recorded, told once',
  ],
];

test.each(WEAKNESSES)('%s: not here', (_weakness, file, title) => {
  expect(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')).toContain(title);
});

let stage: StargiftStage;
beforeAll(async () => {
  stage = await startStargiftStage();
});
afterAll(async () => await stage.stop());

test('accounts buy side by side', async () => {
  const { userId, accounts } = await stage.user({ balances: [100, 100, 100, 100] });
  await stage.watch(userId);
  const own = accounts.map(({ telegramId }) => telegramId);
  await stage.control.addFaults({
    faults: own.map((account) => ({ kind: 'late', method: PAY, account, delayMs: 2_000 })),
  });
  await stage.control.releaseGifts({ gifts: [{ stars: 60, total: 100 }] });
  await stage.dropEnded(userId);
  const payments = (await stage.control.requests({ method: PAY })).filter(({ account }) => own.includes(account ?? ''));
  expect(payments).toHaveLength(own.length);
  const firstAnswer = Math.min(...payments.map(({ answeredAt }) => answeredAt ?? Infinity));
  expect(Math.max(...payments.map(({ receivedAt }) => receivedAt))).toBeLessThan(firstAnswer);
  await stage.unwatch(userId);
});

test('a user’s finds are told to that user alone, once in each chat', async () => {
  const users = [await stage.user({ balances: [10, 10] }), await stage.user({ balances: [10] })];
  for (const { userId } of users) await stage.watch(userId);
  const [gift] = await stage.control.releaseGifts({ gifts: [{ stars: 500, total: 100 }] });
  for (const { userId, accounts } of users) {
    const cards = await until(async () => {
      const rows = await stage.rows(
        `select chat_id::text as chat from outbox_message where user_id = ? and dedupe_key like ? and edits is null`,
        [userId, `%${gift?.id ?? ''}:%`],
      );
      return rows.length >= accounts.length && rows;
    });
    expect(cards.map(({ chat }) => chat).sort()).toEqual(accounts.map(({ telegramId }) => telegramId).sort());
    await stage.unwatch(userId);
  }
});
