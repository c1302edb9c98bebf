import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Changed, ChangeInput, MomentInput, Next, Planned } from '../../contracts/agenda.ts';
import type { HabitOrder, HabitOutcome, NewHabit } from '../../contracts/habits.ts';
import { readMarksOf } from '../../db/repositories/habit-entries.ts';
import { isHandled, notePrompts } from '../../db/repositories/habit-prompts.ts';
import { addHabit, lockHabit, storeHabit, type HabitRow } from '../../db/repositories/habits.ts';
import { dayStates, historyOf, isSettled, type Marks } from '../../domain/agenda/habits/habit-statistics.ts';
import { freezes, checkDefinition, tidyDefinition } from '../../domain/agenda/habits/habit.ts';
import { dayNumber } from '../../domain/agenda/habits/day-number.ts';
import { nextPrompt, PICTURE, promptsBetween, type PromptMoment } from '../../domain/agenda/habits/prompt-plan.ts';
import { dateOf } from '../../domain/agenda/zoned-time.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { MESSENGERS, type MessengerName } from '../../domain/shared/messenger-name.ts';
import { makeChange } from './habit-change.ts';
import { editPrompts, handled, proposeRaise, tellPicture, tellPrompt, type HabitMoment } from './habit-telling.ts';

export interface HabitDeps {
  readonly em: () => SqlEntityManager;
  /** Has the outboxes of these bots sent; call it after the commit. */
  readonly wakeSenders: (messengers: readonly MessengerName[]) => Promise<void>;
  /** SVG → PNG. */
  readonly renderPng: (svg: string) => Uint8Array;
  /** ms since 1970; default: this machine's clock. A workflow's time may lie ahead of it in tests. */
  readonly clock?: () => number;
}

const GONE: Planned = { next: { state: 'over' }, version: Number.MAX_SAFE_INTEGER };

/** Activities of habits: the rows are the truth, each is one transaction. */
export function createHabitActivities({ em, wakeSenders, renderPng, clock = Date.now }: HabitDeps) {
  const now = (nowMs: number): number => Math.max(nowMs, clock());
  return {
    /** Stores a habit whose row is absent, and says when it asks next. @throws DomainError habit-invalid, too-many-habits */
    async planHabit({ id, nowMs, create }: MomentInput<NewHabit>): Promise<Planned> {
      return await em().transactional(async (tx) => {
        if (create !== undefined) await begin(tx, { id, create, nowMs: now(nowMs) });
        const habit = await lockHabit(tx, id);
        if (habit === null) return GONE;
        return await planned(tx, { habit, marks: await readMarksOf(tx, id), nowMs: now(nowMs) });
      });
    },

    /** Asks what is due, once. Of several times that passed meanwhile the last one is asked, and only on its own day. */
    async fireHabit({ id, nowMs }: MomentInput): Promise<Planned> {
      const { plan, woken } = await em().transactional(async (tx) => {
        const habit = await lockHabit(tx, id);
        if (habit === null) return { plan: GONE, woken: [] };
        const moment = { habit, marks: await readMarksOf(tx, id), nowMs: now(nowMs) };
        const due = await dueNow(tx, moment);
        // Nothing is due: an attempt before this one may have died between its commit and its call.
        const told = due.length === 0 ? MESSENGERS : await ask(tx, moment, { due, renderPng });
        const dealt = { ...habit, handledToMs: moment.nowMs };
        return { plan: await planned(tx, { ...moment, habit: dealt }), woken: told };
      });
      await wakeSenders([...new Set(woken)]);
      return plan;
    },

    async changeHabit({ id, nowMs, change: order }: ChangeInput<HabitOrder>): Promise<Changed<HabitOutcome>> {
      const { outcome, woken } = await em().transactional(async (tx) => {
        return await change(tx, { id, order, nowMs: now(nowMs) });
      });
      await wakeSenders([...new Set(woken)]);
      return outcome;
    },
  };
}
export type HabitActivities = ReturnType<typeof createHabitActivities>;

async function begin(
  em: SqlEntityManager,
  { id, create, nowMs }: { readonly id: string; readonly create: NewHabit; readonly nowMs: number },
): Promise<void> {
  const { userId, ...given } = create;
  const definition = tidyDefinition(given);
  checkDefinition(definition);
  await addHabit(em, { id, userId, definition, handledToMs: nowMs });
}

/** Stores the habit and says when it asks next; one that never asks needs no workflow until it is changed. */
async function planned(em: SqlEntityManager, { habit, marks }: HabitMoment): Promise<Planned> {
  const version = await storeHabit(em, habit);
  const history = historyOf(habit, marks);
  const frozen = freezes(habit);
  const states = dayStates(history, dayNumber(dateOf(habit.handledToMs, habit.zone, habit.dayStart)) + 1);
  const prompt = nextPrompt(habit, {
    ...{ zone: habit.zone, afterMs: habit.handledToMs },
    isQuiet: (day) => frozen(day) || isSettled(states(day)),
  });
  const next: Next = prompt === null ? { state: 'over' } : { state: 'waits', atMs: prompt.atMs };
  return { next, version };
}

async function dueNow(em: SqlEntityManager, { habit, nowMs }: HabitMoment): Promise<PromptMoment[]> {
  const span = { afterMs: habit.handledToMs, untilMs: nowMs, zone: habit.zone };
  const due: PromptMoment[] = [];
  for (const prompt of promptsBetween(habit, span)) if (!(await isHandled(em, habit.id, prompt))) due.push(prompt);
  return due;
}

async function ask(
  em: SqlEntityManager,
  moment: HabitMoment,
  { due, renderPng }: { readonly due: readonly PromptMoment[]; readonly renderPng: (svg: string) => Uint8Array },
): Promise<MessengerName[]> {
  const { habit, nowMs } = moment;
  const today = dateOf(nowMs, habit.zone, habit.dayStart);
  const isQuiet = habit.archived || isSilentDay(moment, today);
  const asked = isQuiet ? undefined : due.findLast(({ day, at }) => at !== PICTURE && day === today);
  const picture = habit.archived ? undefined : due.findLast(({ day, at }) => at === PICTURE && day === today);
  const missed = due.filter((prompt) => prompt !== asked && prompt !== picture);
  await notePrompts(
    em,
    habit.id,
    missed.map((prompt) => handled(prompt, 'missed')),
  );
  const told = [
    asked === undefined ? null : await tellPrompt(em, moment, asked),
    picture === undefined ? null : await tellPicture(em, moment, { prompt: picture, renderPng }),
  ];
  return told.filter((messenger) => messenger !== null);
}

function isSilentDay({ habit, marks }: { readonly habit: HabitRow; readonly marks: Marks }, day: string): boolean {
  const number = dayNumber(day);
  return freezes(habit)(number) || isSettled(dayStates(historyOf(habit, marks), number)(number));
}

interface Change {
  readonly id: string;
  readonly order: HabitOrder;
  readonly nowMs: number;
}
interface Done {
  readonly outcome: Changed<HabitOutcome>;
  readonly woken: readonly MessengerName[];
}

async function change(em: SqlEntityManager, { id, order, nowMs }: Change): Promise<Done> {
  const before = await lockHabit(em, id);
  // Deleted by an attempt before this one.
  if (before === null && order.change.kind === 'delete') return gone(false);
  if (before?.userId !== order.userId) throw new DomainError('habit-not-found', 'there is no such habit');
  const made = await makeChange(em, before, { change: order.change, nowMs });
  if (made.habit === null) return gone(true);
  const moment = { habit: made.habit, marks: await readMarksOf(em, id), nowMs };
  // Nothing changed: an attempt before this one may have died between its commit and its call.
  if (!made.changed) return doneWith(false, await planned(em, moment), MESSENGERS);
  return await tellOf(em, moment, { day: made.day, mayRaise: order.change.kind === 'mark' });
}

/** Has messages show what changed, and proposes a bigger step where it is time. */
async function tellOf(
  em: SqlEntityManager,
  moment: HabitMoment,
  { day, mayRaise }: { readonly day: string | null; readonly mayRaise: boolean },
): Promise<Done> {
  const raised = mayRaise ? await proposeRaise(em, moment) : null;
  const habit = raised === null ? moment.habit : { ...moment.habit, raiseOfferedOn: raised.offeredOn };
  const plan = await planned(em, { ...moment, habit });
  const edited = day === null ? [] : await editPrompts(em, moment, { day, version: plan.version });
  return doneWith(true, plan, [...edited, raised?.told ?? null]);
}

const doneWith = (changed: boolean, plan: Planned, told: readonly (MessengerName | null)[]): Done => ({
  outcome: { outcome: { changed }, planned: plan },
  woken: told.filter((messenger) => messenger !== null),
});
const gone = (changed: boolean): Done => doneWith(changed, GONE, changed ? [] : MESSENGERS);
