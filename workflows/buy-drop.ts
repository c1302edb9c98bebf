import {
  allHandlersFinished,
  condition,
  continueAsNew,
  proxyActivities,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { PlanningActivities } from '../activities/stargifts/planning.ts';
import { stateAttribute } from '../contracts/search-attributes.ts';
import {
  dropProgressQuery,
  stopDropSignal,
  type CrewMember,
  type DropInput,
  type DropProgress,
  type DropReport,
} from '../contracts/stargifts.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import { buyWith } from './drop/buy-with.ts';

const { planManual, replanDrop, stopDrop, reportDrop } = proxyActivities<PlanningActivities>({
  taskQueue: TASK_QUEUES.storage,
  startToCloseTimeout: '1m',
  retry: { maximumInterval: '10s' },
});

/** Accounts that buy at once; a workflow may have some thousands of activities in flight, and not many more. */
const AT_ONCE = 400;
/** Behind the second in which a lock ends. */
const LOCK_MARGIN_MS = 250;
/** Payments in doubt whose account cannot be asked are looked up again after so long, then after twice that. */
const FIRST_LOOK_MS = 60_000;
const LAST_LOOK_MS = 3_600_000;
const MAX_LOOKS = 100;

interface Run {
  readonly input: DropInput;
  state: DropProgress['state'];
  stopped: boolean;
  round: number;
  buying: number;
  runAt: number | null;
  parts: number;
  /** How often payments in doubt were waited for. */
  looks: number;
}

/**
 * Buys one drop. Every account walks its own purchases on its own host; what failures set free is planned again, what is
 * locked waits for its second, and each part ends with a report. The rows carry the truth: this only says who goes on.
 */
export async function buyDrop(input: DropInput): Promise<DropReport | null> {
  const run = begin(input);
  if (input.order !== undefined) await planManual(input);
  let crew = input.crew ?? [];
  if (crew.length === 0) ({ crew, runAt: run.runAt } = await replanDrop(input));
  for (;;) {
    await buyAll(run, crew);
    const report = await reportDrop({ ...input, part: run.parts });
    run.parts += 1;
    const unknown = report?.unknown ?? 0;
    if (hasEnded(run, unknown)) return await end(run, unknown, report);
    await waitForMore(run, unknown);
    const next = await replanDrop(input);
    if (workflowInfo().continueAsNewSuggested) await renew(run, next.crew);
    ({ crew } = next);
    run.runAt = next.runAt;
  }
}

const hasEnded = ({ runAt, looks }: Run, unknown: number): boolean =>
  runAt === null && (unknown === 0 || looks === MAX_LOOKS);

/** Until the first lock ends, or a payment in doubt may be asked after again; a stop ends it. */
async function waitForMore(run: Run, unknown: number): Promise<void> {
  mark(run, unknown > 0 ? 'unknown-purchase' : 'waiting');
  const lookMs = unknown === 0 ? Infinity : Math.min(FIRST_LOOK_MS * 2 ** run.looks, LAST_LOOK_MS);
  const lockMs = run.runAt === null ? Infinity : run.runAt - Date.now() + LOCK_MARGIN_MS;
  if (unknown > 0) run.looks += 1;
  const { stopped } = run;
  await condition(() => run.stopped !== stopped, Math.max(1, Math.min(lookMs, lockMs)));
}

function begin(input: DropInput): Run {
  const { dropId, parts = 0, stopped = false } = input;
  const run: Run = { input, state: 'running', stopped, round: 0, buying: 0, runAt: null, parts, looks: 0 };
  setHandler(dropProgressQuery, () => {
    const { state, round, buying, runAt } = run;
    return { dropId, state, round, buying, runAt, stopped: run.stopped };
  });
  setHandler(stopDropSignal, async () => {
    await stopDrop(input);
    run.stopped = true; // whoever waits finds the rows given up
  });
  return run;
}

/** Rounds of buying and planning until nobody has anything left to do now. */
async function buyAll(run: Run, first: readonly CrewMember[]): Promise<void> {
  const unreachable = new Set<string>();
  let crew = first;
  mark(run, 'running');
  while (crew.length > 0) {
    for (let at = 0; at < crew.length; at += AT_ONCE) {
      const reached = crew.slice(at, at + AT_ONCE).map(async (member) => {
        if (!(await work(run, member))) unreachable.add(member.accountId);
      });
      await Promise.all(reached);
    }
    const next = await replanDrop(run.input);
    run.runAt = next.runAt;
    run.round += 1;
    crew = next.crew.filter(({ accountId }) => !unreachable.has(accountId));
  }
}

async function work(run: Run, { accountId, queue }: CrewMember): Promise<boolean> {
  const { userId, dropId } = run.input;
  run.buying += 1;
  try {
    return await buyWith({ input: { userId, dropId, accountId }, queue, isStopped: () => run.stopped });
  } finally {
    run.buying -= 1;
  }
}

function mark(run: Run, state: DropProgress['state'] | 'unknown-purchase'): void {
  run.state = state === 'unknown-purchase' ? 'waiting' : state;
  upsertSearchAttributes([{ key: stateAttribute, value: state }]);
}

async function end(run: Run, unknown: number, report: DropReport | null): Promise<DropReport | null> {
  mark(run, run.stopped ? 'stopped' : unknown > 0 ? 'unknown-purchase' : 'done');
  await condition(allHandlersFinished);
  return report;
}

async function renew({ input, parts, stopped }: Run, crew: readonly CrewMember[]): Promise<void> {
  await condition(allHandlersFinished);
  const { userId, dropId } = input;
  await continueAsNew<typeof buyDrop>({ userId, dropId, crew, parts, stopped });
}
