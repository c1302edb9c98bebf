import { setTimeout as delay } from 'node:timers/promises';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Planned } from '../../contracts/agenda.ts';
import { readReminderRows, type ReminderRow } from '../../db/repositories/reminder-row.ts';
import { settleReminders, type ReminderSettlement } from '../../db/repositories/settle-reminder.ts';
import { plannedAfter, plannedOf, stepReminder, type Stepped } from './reminder-steps.ts';

type Step = (row: ReminderRow) => ReminderSettlement | null;

interface Waiting {
  readonly id: string;
  readonly step: Step;
  readonly done: (outcome: Promise<Stepped<Planned>>) => void;
}

/** Reminders that take one step in one go at most. */
const MOST = 25;
/** So soon after another step there may be a rush: then some are gathered first, for two statements cost the same for many. */
const RUSH_MS = 100;
const GATHER_MS = 50;

/**
 * Takes steps of many reminders with two statements for all that wait: at the full hour thousands are due at once. One that
 * somebody else has changed meanwhile takes its step alone. What fails, fails for all of one go: repeat it with `stepReminder`.
 */
export function createRush(em: () => SqlEntityManager): (id: string, step: Step) => Promise<Stepped<Planned>> {
  let waiting: Waiting[] = [];
  let isRunning = false;
  let rushUntil = 0;

  return async (id, step) => {
    const outcome = new Promise<Stepped<Planned>>((done) => void waiting.push({ id, step, done }));
    void run();
    return await outcome;
  };

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    if (performance.now() < rushUntil) await delay(GATHER_MS);
    while (waiting.length > 0) await together(next());
    rushUntil = performance.now() + RUSH_MS;
    isRunning = false;
  }

  /** Each reminder once: an attempt that was given up may still be on its way. */
  function next(): Waiting[] {
    const first = waiting.filter(({ id }, place) => waiting.findIndex((one) => one.id === id) === place).slice(0, MOST);
    waiting = waiting.filter((one) => !first.includes(one));
    return first;
  }

  async function together(steps: readonly Waiting[]): Promise<void> {
    const settled = settleAll(em, steps);
    for (const { id, step, done } of steps)
      done(settled.then(async (outcomes) => outcomes.get(id) ?? (await stepReminder(em, id, step))));
    await settled.catch(() => undefined);
  }
}

/** Outcomes by id, of those whose step was stored. */
async function settleAll(
  em: () => SqlEntityManager,
  steps: readonly Waiting[],
): Promise<Map<string, Stepped<Planned>>> {
  const ids = steps.map(({ id }) => id);
  const rows = new Map((await readReminderRows(em(), ids)).map((row) => [row.id, row]));
  const outcomes = new Map<string, Stepped<Planned>>();
  const settlements: ReminderSettlement[] = [];
  for (const { id, step } of steps) {
    const row = rows.get(id);
    if (row === undefined) continue;
    const settlement = step(row);
    if (settlement === null) outcomes.set(id, { result: plannedOf(row), senders: [] });
    else settlements.push(settlement);
  }
  const stored = await settleReminders(em(), settlements);
  for (const settlement of settlements) {
    const senders = stored.get(settlement.id);
    if (senders !== undefined) outcomes.set(settlement.id, { result: plannedAfter(settlement), senders });
  }
  return outcomes;
}
