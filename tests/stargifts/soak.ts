import type { Buyers } from '../support/gift-buyers.ts';
import { compareLedgers } from '../support/gift-ledgers.ts';
import { startStargiftStage, type StargiftStage } from '../support/stargift-stage.ts';
import { randomOf, type Random } from './random.ts';
import { spoiledOrm } from './spoiled-orm.ts';

export interface SoakOptions {
  readonly rounds: number;
  /** It begins no round after so long. */
  readonly minutes: number;
  /** The same seed gives the same gifts and the same faults. */
  readonly seed: number;
  readonly say: (line: string) => void;
}

export interface SoakResult {
  readonly rounds: number;
  readonly bought: number;
  readonly problems: readonly string[];
}

type Fault = Parameters<StargiftStage['control']['addFaults']>[0]['faults'][number];
type Release = NonNullable<Parameters<StargiftStage['control']['releaseGifts']>[0]['gifts']>[number];

const PAY = 'payments.sendStarsForm';
const METHODS = [PAY, PAY, PAY, 'payments.getPaymentForm', 'payments.getStarGifts', 'payments.getStars*', '*'];
const BALANCES = [1_000_000, 1_000_000, 1_000_000, 600];
const RICH = BALANCES.filter((stars) => stars === 1_000_000).length;
/** Far longer than any wait that a fault can cause. */
const ROUND_MS = 120_000;

/** A process that dies at a statement: whatever it had in hand is done anew. */
class Died extends Error {
  override readonly name = 'Died';
}

/** Rounds of releases under random faults, each of which must end with both ledgers equal to the star. */
export async function soak({ rounds, minutes, seed, say }: SoakOptions): Promise<SoakResult> {
  const deaths: number[] = [];
  let statements = 0;
  const stage = await startStargiftStage(undefined, (orm) =>
    spoiledOrm(orm, () => {
      statements += 1;
      if (deaths[0] === undefined || statements < deaths[0]) return;
      deaths.shift();
      throw new Died(`at statement ${statements}`);
    }),
  );
  await skipWaits(stage);
  const until = performance.now() + minutes * 60_000;
  let [done, total] = [0, 0];
  try {
    const buyers = await stage.user({ balances: BALANCES });
    await stage.watch(buyers.userId);
    for (let round = 1; round <= rounds && performance.now() < until; round += 1) {
      const random = randomOf(seed * 10_000 + round);
      const gifts = giftsOf(random);
      const faults = faultsOf(random, buyers);
      deaths.push(
        ...Array.from({ length: random.below(3) }, () => statements + 1 + random.below(150)).sort((a, b) => a - b),
      );
      const planned = deaths.length;
      await stage.control.addFaults({ faults });
      const began = performance.now();
      const ids = (await stage.control.releaseGifts({ gifts })).map(({ id }) => id);
      const stuck = await settled(stage, buyers, ids);
      deaths.length = 0;
      const { bought, stars, problems } = await compareLedgers(stage.em(), stage.control, buyers);
      const all = [...stuck, ...problems, ...(await forgotten(stage, ids, gifts))];
      [done, total] = [round, bought];
      const verdict = all.length === 0 ? `agree: ${bought} gifts, ${stars} stars` : `DISAGREE: ${all.join('; ')}`;
      const shape = `${gifts.length} gifts, ${faults.length} faults, ${planned} deaths`;
      say(`round ${round} (seed ${seed}): ${shape}, ${Math.round(performance.now() - began)} ms: ledgers ${verdict}`);
      if (all.length > 0) return { rounds: done, bought: total, problems: all };
    }
    return { rounds: done, bought: total, problems: [] };
  } finally {
    await stage.stop();
  }
}

/** A payment that was lost twice is judged at once, as if its time for turning up in the books had passed: the books here are prompt. */
async function skipWaits(stage: StargiftStage): Promise<void> {
  await stage.rows(`create function skip_wait() returns trigger language plpgsql as
    $$ begin new.last_sent_at := new.last_sent_at - interval '20 seconds'; return new; end $$`);
  await stage.rows(`create trigger skip_wait before update on purchase for each row
    when (new.state = 'UNKNOWN' and new.sends > 1) execute function skip_wait()`);
}

function giftsOf(random: Random): Release[] {
  return Array.from({ length: 1 + random.below(3) }, () => ({
    stars: 10 + random.below(120),
    total: random.chance(0.3) ? 1 + random.below(6) : 500 + random.below(5_000),
    perUserTotal: 1 + random.below(2),
    ...(random.chance(0.1) && { otherBuyersPerSecond: 50 + random.below(1_000) }),
    ...(random.chance(0.1) && { formStars: 10 + random.below(120) }),
  }));
}

function faultsOf(random: Random, { accounts }: Buyers): Fault[] {
  return Array.from({ length: random.below(6) }, (): Fault => {
    const method = random.pick(METHODS);
    const account = random.chance(0.5) ? random.pick(accounts).telegramId : null;
    const where = { method, account, after: random.below(3), times: 1 };
    const when = random.chance(0.5) ? 'before' : 'after';
    const kinds: readonly (() => Fault)[] = [
      () => ({ ...where, kind: 'drop', when }),
      () => ({ ...where, kind: 'drop', when: 'after' }),
      () => ({ ...where, kind: 'forget' }),
      () => ({ ...where, kind: 'late', delayMs: 20 + random.below(400) }),
      () => ({ ...where, kind: 'error', code: 500, message: 'RPC_CALL_FAIL', when }),
      () => ({ ...where, kind: 'error', code: 420, message: 'FLOOD_WAIT_1' }),
      () => ({ ...where, method: PAY, kind: 'error', code: 400, message: 'STARGIFT_USAGE_LIMITED' }),
      () => ({ ...where, method: PAY, kind: 'error', code: 400, message: 'BALANCE_TOO_LOW' }),
    ];
    return random.pick(kinds)();
  });
}

/** Waits until the gifts are known and all drops have ended; otherwise says what stands still. */
async function settled(stage: StargiftStage, { userId }: Buyers, ids: readonly string[]): Promise<string[]> {
  const end = performance.now() + ROUND_MS;
  for (;;) {
    const [row] = await stage.rows(
      `select (select count(*)::int from gift_event where user_id = ? and kind = 'appeared'
           and gift_id::text in (select jsonb_array_elements_text(?::jsonb))) as seen,
         (select count(*)::int from drop_run where user_id = ? and state <> 'done') as running,
         (select count(*)::int from purchase where user_id = ? and state not in ('PAID', 'REJECTED')) as open`,
      [userId, JSON.stringify(ids), userId, userId],
    );
    if (row?.['seen'] === ids.length && row['running'] === 0 && row['open'] === 0) break;
    if (performance.now() > end) return [`stands still: ${JSON.stringify(row)}`];
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  await stage.control.clearFaults({});
  return [];
}

/** Gifts that nobody refused and that somebody did not get. */
async function forgotten(stage: StargiftStage, ids: readonly string[], gifts: readonly Release[]): Promise<string[]> {
  const rows = await stage.rows(
    `select gift_id::text as gift, count(*) filter (where state = 'PAID')::int as paid,
       count(*) filter (where state = 'REJECTED')::int as refused
     from purchase where gift_id::text in (select jsonb_array_elements_text(?::jsonb)) group by 1`,
    [JSON.stringify(ids)],
  );
  return gifts.flatMap(({ total, perUserTotal, otherBuyersPerSecond }, at) => {
    const row = rows.find(({ gift }) => gift === ids[at]);
    const due = Math.min(Number(total), RICH * Number(perUserTotal));
    const paid = Number(row?.['paid'] ?? 0);
    const isRefused = otherBuyersPerSecond !== undefined || Number(row?.['refused'] ?? 0) > 0;
    return isRefused || paid >= due ? [] : [`gift ${ids[at] ?? ''}: ${paid} of at least ${due} bought`];
  });
}
