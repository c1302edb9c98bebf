/**
 * npm run bench -- reminders [--count 10000] [--rounds 4] [--lead SECONDS]: reminders due within a minute (at 10,000 a minute)
 * beside as many bare workflows of a timer and an activity on the same development server, in turns; how late each comes,
 * and what a reminder that waits costs. `--lead`: until the first of a round is due; the machine has to have made all by then.
 */
import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { promiseWorkflowId } from '../contracts/agenda.ts';
import { eventually, startReminderCrowd, type ReminderCrowd } from '../tests/support/reminder-crowd.ts';
import { startBare, type Bare } from './reminders/bare.ts';
import { quantile } from './stargifts/service.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '4' },
    lead: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
/** In one round. */
const count = Math.ceil(Number(values.count) / rounds);
const leadMs = 1_000 * Number(values.lead ?? Math.ceil(count / 15) + 30);
const LEAST = 0.8;
const PER_MINUTE = 10_000;
const IDLE = 500;
const HUNDRED_THOUSAND = 100_000;
const WITHIN_MS = leadMs + count * 200 + 120_000;

/** One round, or several together. */
interface Fired {
  readonly tookMs: number;
  readonly lagsMs: readonly number[];
}

/** Whole seconds, spread as 10,000 are over a minute. */
function dueTimes(): (index: number) => number {
  const firstMs = Math.ceil((Date.now() + leadMs) / 1_000) * 1_000;
  return (index) => firstMs + Math.floor((index * 60) / PER_MINUTE) * 1_000;
}

function firedOf(times: readonly number[], dueMs: (index: number) => number): Fired {
  const sorted = [...times].sort((a, b) => a - b);
  const [first = 0, last = 0] = [sorted[0], sorted.at(-1)];
  // Each is told about the earliest that is due: who overtakes whom is no matter.
  return { tookMs: last - first, lagsMs: sorted.map((at, index) => at - dueMs(index)) };
}

const together = (fired: readonly Fired[]): Fired => ({
  tookMs: fired.reduce((sum, { tookMs }) => sum + tookMs, 0),
  lagsMs: fired.flatMap(({ lagsMs }) => lagsMs),
});

function inTime(dueMs: (index: number) => number): void {
  console.log(`${count} are made, ${((dueMs(0) - Date.now()) / 1_000).toFixed(0)} s before the first is due`);
  if (Date.now() > dueMs(0)) throw new Error(`not all were made in ${leadMs / 1_000} s: give a longer --lead`);
}

async function measureBare(bare: Bare): Promise<Fired> {
  const dueMs = dueTimes();
  const before = (await bare.times()).length;
  await bare.start(count, dueMs);
  inTime(dueMs);
  await eventually('all bare workflows', async () => (await bare.times()).length >= before + count, WITHIN_MS);
  return firedOf((await bare.times()).slice(before), dueMs);
}

async function measureReminders(crowd: ReminderCrowd): Promise<Fired> {
  const dueMs = dueTimes();
  const before = await crowd.over();
  await crowd.remind(count, dueMs);
  inTime(dueMs);
  await eventually('all reminders', async () => (await crowd.over()) >= before + count, WITHIN_MS);
  const { messages, occurrences } = await crowd.told();
  if (messages !== occurrences) throw new Error(`${messages} messages about ${occurrences} occurrences`);
  const rows = await crowd.rows<{ ms: number }>(
    `select (extract(epoch from created_at) * 1000)::float8 as ms from outbox_message
     where dedupe_key like 'reminder:%' and created_at >= to_timestamp(?::float8 / 1000)`,
    [dueMs(0)],
  );
  return firedOf(
    rows.map(({ ms }) => ms),
    dueMs,
  );
}

/** Bytes of a weekly reminder that waits: its rows with their indexes, its history, and what the development server writes. */
async function measureIdle(crowd: ReminderCrowd) {
  await crowd.rows('vacuum full reminder');
  const size = async () =>
    (await crowd.rows<{ bytes: number }>(`select pg_total_relation_size('reminder')::float8 as bytes`))[0]?.bytes ?? 0;
  const [rowsBefore, filesBefore] = [await size(), filesOf(crowd)];
  const farMs = Date.UTC(2040, 0, 2, 8, 30);
  await crowd.remind(IDLE, () => farMs, { rule: 'FREQ=WEEKLY;BYDAY=MO' });
  const [one] = await crowd.rows<{ id: string }>(`select id from reminder where state = 'active' limit 1`);
  const { raw } = await crowd.client.workflow.getHandle(promiseWorkflowId('reminder', one?.id ?? '')).describe();
  return {
    rows: ((await size()) - rowsBefore) / IDLE,
    history: Number(raw.workflowExecutionInfo?.historySizeBytes ?? 0),
    server: (filesOf(crowd) - filesBefore) / IDLE,
  };
}

const filesOf = ({ stack }: ReminderCrowd): number =>
  ['', '-wal'].reduce(
    (sum, end) => sum + (statSync(stack.temporalFile + end, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );

const crowd = await startReminderCrowd();
try {
  const bare = await startBare(crowd.client, crowd.stack.temporalAddress);
  await crowd.worker.start();
  const [bareRounds, ourRounds]: [Fired[], Fired[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    bareRounds.push(await measureBare(bare));
    ourRounds.push(await measureReminders(crowd));
  }
  await bare.stop();
  const [baseline, ours] = [together(bareRounds), together(ourRounds)];
  const idle = await measureIdle(crowd);
  const perSecond = ({ tookMs, lagsMs }: Fired): number => (lagsMs.length / tookMs) * 1_000;
  const row = (name: string, fired: Fired) => {
    const lags = [0.5, 0.9, 0.99].map((share) => (quantile(fired.lagsMs, share) / 1_000).toFixed(1).padStart(7));
    return `${name.padEnd(12)} ${perSecond(fired).toFixed(1).padStart(8)} ${lags.join(' ')}`;
  };
  const ratio = perSecond(ours) / perSecond(baseline);
  console.log(`${rounds} × ${count} due at ${PER_MINUTE} a minute; lag in seconds`);
  console.log(`${''.padEnd(12)}  per sec.    50 %    90 %    99 %`);
  console.log(row('bare', baseline));
  console.log(row('reminders', ours));
  console.log(`ratio ${ratio.toFixed(2)} (at least ${LEAST})`);
  const bytes = (one: number) =>
    `${one.toFixed(0)} bytes, ${((one * HUNDRED_THOUSAND) / 1e6).toFixed(0)} MB at 100,000`;
  console.log(
    `one that waits: rows ${bytes(idle.rows)}; history ${bytes(idle.history)}; server's files ${bytes(idle.server)}`,
  );
  if (ratio < LEAST) process.exitCode = 1;
} finally {
  await crowd.stop();
}
