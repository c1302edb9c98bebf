import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Changed, ChangeInput, MomentInput, Planned } from '../../contracts/agenda.ts';
import type { GoalChange, GoalOrder, GoalOutcome, NewGoal } from '../../contracts/goals.ts';
import {
  addMilestone,
  deleteGoal,
  deleteMilestone,
  insertGoal,
  lockGoal,
  markMilestone,
  noteAnswer,
  noteQuestion,
  storeGoal,
  type GoalRow,
} from '../../db/repositories/goals.ts';
import { tellPerson } from '../../db/repositories/tell-person.ts';
import { readSettings } from '../../db/repositories/user-settings.ts';
import { checkInMessage } from '../../domain/agenda/goals/goal-notice.ts';
import { checkInMoments, questionFor } from '../../domain/agenda/goals/goal.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { MESSENGERS, type MessengerName } from '../../domain/shared/messenger-name.ts';

export interface GoalDeps {
  /** A fresh entity manager for one unit of work. */
  readonly em: () => SqlEntityManager;
  /** Has the outboxes of these bots sent; call it after the commit. */
  readonly wakeSenders: (messengers: readonly MessengerName[]) => Promise<void>;
  /** ms since 1970; default: this machine's clock. A workflow's time may lie ahead of it in tests. */
  readonly clock?: () => number;
}

const GONE: Planned = { next: { state: 'over' }, version: Number.MAX_SAFE_INTEGER };

/** Activities of goals: one question a week, answers, progress and milestones. */
export function createGoalActivities({ em, wakeSenders, clock = Date.now }: GoalDeps) {
  const now = (nowMs: number): number => Math.max(nowMs, clock());
  return {
    /** Stores a goal where it is absent, and says when the next question comes; nothing is asked here. */
    async planGoal({ id, nowMs, create }: MomentInput<NewGoal>): Promise<Planned> {
      const atMs = now(nowMs);
      return await em().transactional(async (tx) => {
        if (create !== undefined) {
          const { zone } = await readSettings(tx, create.userId);
          // What today's time is past for is not asked any more.
          const { askedOn } = checkInMoments(create, zone, { askedOn: null, nowMs: atMs });
          await insertGoal(tx, { id, askedOn }, create);
        }
        const row = await lockGoal(tx, id);
        return row === null ? GONE : await planned(tx, row, atMs);
      });
    },

    /** Asks this week's question, once. */
    async fireGoal({ id, nowMs }: MomentInput): Promise<Planned> {
      const atMs = now(nowMs);
      const { next, woken } = await em().transactional(async (tx) => {
        const row = await lockGoal(tx, id);
        if (row?.state !== 'active') return { next: GONE, woken: MESSENGERS };
        const { due, askedOn } = checkInMoments(row, row.zone, { askedOn: row.askedOn, nowMs: atMs });
        const told = due === null ? null : await ask(tx, row, due);
        // Nothing is due: an attempt before this one may have died between its commit and its call.
        const woken = due === null ? MESSENGERS : told === null ? [] : [told];
        return { next: await planned(tx, { ...row, askedOn }, atMs), woken };
      });
      await wakeSenders(woken);
      return next;
    },

    async changeGoal({ id, nowMs, change: order }: ChangeInput<GoalOrder>): Promise<Changed<GoalOutcome>> {
      return await em().transactional(async (tx) => {
        const row = await lockGoal(tx, id);
        if (row?.userId !== order.userId) throw new DomainError('goal-not-found', 'there is no such goal');
        if (order.change.kind === 'delete') {
          await deleteGoal(tx, id);
          return { outcome: { changed: true, state: row.state, progress: row.progress }, planned: GONE };
        }
        const { changed, after } = await changedGoal(tx, row, { change: order.change, nowMs: now(nowMs) });
        const next = await planned(tx, after, now(nowMs));
        return { outcome: { changed, state: after.state, progress: after.progress }, planned: next };
      });
    },
  };
}
export type GoalActivities = ReturnType<typeof createGoalActivities>;

async function planned(em: SqlEntityManager, row: GoalRow, nowMs: number): Promise<Planned> {
  const version = await storeGoal(em, row);
  if (row.state !== 'active') return { next: { state: 'over' }, version };
  const { due, nextMs } = checkInMoments(row, row.zone, { askedOn: row.askedOn, nowMs });
  const atMs = due === null ? nextMs : nowMs;
  return { next: atMs === null ? { state: 'idle' } : { state: 'waits', atMs }, version };
}

async function ask(em: SqlEntityManager, row: GoalRow, date: string): Promise<MessengerName | null> {
  const { id, userId, language, progress } = row;
  const question = questionFor(row, date);
  await noteQuestion(em, id, { date, question, progress });
  const message = checkInMessage(row, { question, date }, language);
  const payload = { kind: 'text', silent: false, ...message } as const;
  return await tellPerson(em, { userId, dedupeKey: `goal:${id}:${date}`, payload });
}

interface ChangedGoal {
  readonly changed: boolean;
  readonly after: GoalRow;
}

async function changedGoal(
  em: SqlEntityManager,
  row: GoalRow,
  { change, nowMs }: { readonly change: Exclude<GoalChange, { readonly kind: 'delete' }>; readonly nowMs: number },
): Promise<ChangedGoal> {
  switch (change.kind) {
    case 'edit': {
      const given = Object.fromEntries(Object.entries(change.edit).filter(([, value]) => value !== undefined));
      return { changed: true, after: { ...row, ...given } };
    }
    case 'progress':
      return progressed(row, change.progress);
    case 'answer':
      return await answered(em, row, change);
    case 'drop':
      return { changed: row.state === 'active', after: { ...row, state: 'dropped' } };
    case 'take-up': {
      // What it was not asked meanwhile is not asked now.
      const { askedOn } = checkInMoments(row, row.zone, { askedOn: row.askedOn, nowMs });
      return row.state === 'active'
        ? { changed: false, after: row }
        : { changed: true, after: { ...row, state: 'active', askedOn } };
    }
    case 'add-milestone':
    case 'milestone':
    case 'remove-milestone':
      return await milestoneChanged(em, row, change);
  }
}

function progressed(row: GoalRow, progress: number): ChangedGoal {
  if (!Number.isFinite(progress) || progress < 0)
    throw new DomainError('goal-invalid', 'progress must be a number from 0 on');
  const state = progress >= row.target ? 'reached' : row.state === 'reached' ? 'active' : row.state;
  return { changed: progress !== row.progress || state !== row.state, after: { ...row, progress, state } };
}

async function answered(
  em: SqlEntityManager,
  row: GoalRow,
  { date, answer }: { readonly date: string | null; readonly answer: string },
): Promise<ChangedGoal> {
  const asked = row.checkIns.findLast((checkIn) => date === null || checkIn.date === date);
  if (asked === undefined) throw new DomainError('check-in-not-found', 'nothing was asked on that day');
  await noteAnswer(em, row.id, { date: asked.date, answer, progress: row.progress });
  return { changed: asked.answer !== answer, after: row };
}

async function milestoneChanged(
  em: SqlEntityManager,
  row: GoalRow,
  change: Extract<GoalChange, { readonly kind: 'add-milestone' | 'milestone' | 'remove-milestone' }>,
): Promise<ChangedGoal> {
  const { id } = change;
  const isKnown = row.milestones.some((milestone) => milestone.id === id);
  if (change.kind === 'add-milestone') {
    await addMilestone(em, row.id, change);
    return { changed: !isKnown, after: row };
  }
  if (!isKnown) throw new DomainError('milestone-not-found', 'there is no such milestone');
  const changed =
    change.kind === 'milestone' ? await markMilestone(em, row.id, change) : await deleteMilestone(em, row.id, id);
  return { changed, after: row };
}
