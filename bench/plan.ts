/**
 * npm run bench -- plan [--iterations 60] [--reference DIR [--python python3]]: planning and reporting a drop of 100 accounts ×
 * 200 gifts × 50 channels, and how the time grows. With DIR, the reference program's repository, its own benchmark is
 * run over the same input in the same run and compared.
 */
import { parseArgs } from 'node:util';
import { planAutobuy } from '../domain/stargifts/plan-autobuy.ts';
import type { PlanInput } from '../domain/stargifts/plan-types.ts';
import { reportMessages } from '../domain/stargifts/run-report.ts';
import { planInput } from './plan/input.ts';
import { timeReference } from './plan/reference.ts';

const { values } = parseArgs({
  options: {
    iterations: { type: 'string', default: '60' },
    reference: { type: 'string' },
    python: { type: 'string', default: 'python3' },
  },
});
const iterations = Number(values.iterations);
const REFERENCE_SIZE = { accounts: 100, gifts: 200 };
const SIZES = [
  REFERENCE_SIZE,
  { accounts: 1000, gifts: 200 },
  { accounts: 100, gifts: 2000 },
  { accounts: 1000, gifts: 2000 },
];

const isReference = (size: { readonly accounts: number }): boolean => size === REFERENCE_SIZE;

const median = (figures: readonly number[]): number =>
  figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? Number.NaN;

/** Plans, takes every purchase as paid, and writes the report. */
function runDrop(input: PlanInput) {
  const startedAt = performance.now();
  const { operations, skips, deferred } = planAutobuy(input);
  const plannedAt = performance.now();
  const purchases = operations.map((operation) => ({ ...operation, state: 'PAID' as const, code: null }));
  const messages = reportMessages({
    gifts: input.gifts,
    skips,
    deferred,
    purchases,
    accounts: input.accounts.map(({ id, balanceStars }) => ({ accountId: id, label: id, balanceStars })),
    targets: input.channels.map(({ target }) => target),
    language: 'ru',
  });
  const endedAt = performance.now();
  return {
    operations: operations.length,
    messages: messages.length,
    planMs: plannedAt - startedAt,
    reportMs: endedAt - plannedAt,
    totalMs: endedAt - startedAt,
  };
}

const measured = SIZES.map((size) => {
  const input = planInput(size.accounts, size.gifts);
  return {
    ...size,
    runs: Array.from({ length: isReference(size) ? iterations : Math.ceil(iterations / 6) }, () => runDrop(input)),
  };
});
const perPairNs = (ms: number, { accounts, gifts }: { accounts: number; gifts: number }): string =>
  ((ms * 1e6) / (accounts * gifts)).toFixed(0);

console.table(
  measured.map(({ accounts, gifts, runs }) => ({
    'accounts × gifts': `${accounts} × ${gifts}`,
    operations: runs[0]?.operations,
    messages: runs[0]?.messages,
    'first ms': runs[0]?.totalMs.toFixed(1),
    'plan ms': median(runs.map(({ planMs }) => planMs)).toFixed(2),
    'report ms': median(runs.map(({ reportMs }) => reportMs)).toFixed(2),
    'both ms': median(runs.map(({ totalMs }) => totalMs)).toFixed(2),
    'ns per pair': perPairNs(median(runs.map(({ totalMs }) => totalMs)), { accounts, gifts }),
  })),
);

if (values.reference !== undefined) {
  const options = { folder: values.reference, python: values.python, iterations: Math.min(iterations, 7) };
  const seconds = await timeReference({ ...options, ...REFERENCE_SIZE });
  const [first] = measured;
  const ours = median((first?.runs ?? []).map(({ totalMs }) => totalMs));
  const theirs = median(seconds) * 1000;
  const bestRatio = (Math.min(...seconds) * 1000) / Math.min(...(first?.runs ?? []).map(({ totalMs }) => totalMs));
  console.log(`reference: median ${theirs.toFixed(1)} ms of ${seconds.length} runs (${seconds.join(', ')} s)`);
  console.log(
    `ours: median ${ours.toFixed(2)} ms, the first run ${(first?.runs[0]?.totalMs ?? Number.NaN).toFixed(1)} ms`,
  );
  console.log(`ratio of the medians ${(theirs / ours).toFixed(0)} ×, of the best runs ${bestRatio.toFixed(0)} ×`);
}
