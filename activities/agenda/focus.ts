import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Changed, ChangeInput, MomentInput, Next, Planned } from '../../contracts/agenda.ts';
import type { FocusOrder, FocusOutcome, NewFocusSession } from '../../contracts/focus.ts';
import {
  addFocusSession,
  lockFocusSession,
  storeFocusStep,
  type FocusRow,
  type FocusStep,
} from '../../db/repositories/focus-sessions.ts';
import { readTask } from '../../db/repositories/tasks.ts';
import { tellPerson } from '../../db/repositories/tell-person.ts';
import { phaseNotice } from '../../domain/agenda/focus/focus-notice.ts';
import { actOn, passTime, startPomodoro, type EndedPhase, type Pomodoro } from '../../domain/agenda/focus/pomodoro.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { escapeHtml } from '../../domain/shared/html.ts';
import { MESSENGERS, type MessengerName } from '../../domain/shared/messenger-name.ts';

export interface FocusDeps {
  /** A fresh entity manager for one unit of work. */
  readonly em: () => SqlEntityManager;
  /** Has the outboxes of these bots sent; call it after the commit. */
  readonly wakeSenders: (messengers: readonly MessengerName[]) => Promise<void>;
  /** ms since 1970; default: this machine's clock. A workflow's time may lie ahead of it in tests. */
  readonly clock?: () => number;
}

const GONE: Planned = { next: { state: 'over' }, version: 0 };

/** Activities of focus sessions: the rows are the truth, each is one transaction. */
export function createFocusActivities({ em, wakeSenders, clock = Date.now }: FocusDeps) {
  const now = (nowMs: number): number => Math.max(nowMs, clock());
  return {
    /** Begins a session where its row is absent; over when the user has another one that is not. */
    async planFocus({ id, nowMs, create }: MomentInput<NewFocusSession>): Promise<Planned> {
      return await em().transactional(async (tx) => {
        if (create !== undefined) {
          const { userId, taskId, plan } = create;
          await addFocusSession(tx, { id, userId, taskId, pomodoro: startPomodoro(plan, now(nowMs)) });
        }
        const row = await lockFocusSession(tx, id);
        return row === null ? GONE : plannedOf(row.pomodoro, row.version);
      });
    },

    /** Ends the phase whose time is over, notes it and tells of it, once. */
    async fireFocus({ id, nowMs }: MomentInput): Promise<Planned> {
      const { planned, woken } = await em().transactional(async (tx) => {
        const row = await lockFocusSession(tx, id);
        if (row === null) return { planned: GONE, woken: [] };
        const { pomodoro, ended } = passTime(row.pomodoro, now(nowMs));
        // Nothing is due: an attempt before this one may have died between its commit and its call.
        if (ended === null) return { planned: plannedOf(row.pomodoro, row.version), woken: MESSENGERS };
        const step = { pomodoro, taskId: row.taskId, ended: [ended] };
        const { version, steps } = await storeFocusStep(tx, row, step);
        const told = await tell(tx, { ...row, pomodoro, steps }, { ended, nowMs: now(nowMs) });
        return { planned: plannedOf(pomodoro, version), woken: told === null ? [] : [told] };
      });
      await wakeSenders(woken);
      return planned;
    },

    async changeFocus({ id, nowMs, change }: ChangeInput<FocusOrder>): Promise<Changed<FocusOutcome>> {
      return await em().transactional(async (tx) => {
        const row = await lockFocusSession(tx, id);
        if (row?.userId !== change.userId) throw new DomainError('focus-not-found', 'there is no such focus session');
        const step = await stepFor(tx, row, { order: change, nowMs: now(nowMs) });
        const stored = step === null ? row : { ...step, ...(await storeFocusStep(tx, row, step)) };
        const { pomodoro, taskId, steps, version } = stored;
        return {
          outcome: { changed: step !== null, pomodoro, steps, taskId },
          planned: plannedOf(pomodoro, version),
        };
      });
    },
  };
}
export type FocusActivities = ReturnType<typeof createFocusActivities>;

function plannedOf({ state, endsAtMs }: Pomodoro, version: number): Planned {
  const next: Next =
    state === 'over' ? { state: 'over' } : endsAtMs === null ? { state: 'idle' } : { state: 'waits', atMs: endsAtMs };
  return { next, version };
}

/** What the order makes of the session; null = nothing changes. */
async function stepFor(
  em: SqlEntityManager,
  row: FocusRow,
  { order, nowMs }: { readonly order: FocusOrder; readonly nowMs: number },
): Promise<FocusStep | null> {
  const { change, userId } = order;
  if (change.kind === 'attach') {
    const { taskId } = change;
    if (taskId !== null && (await readTask(em, userId, taskId)) === null)
      throw new DomainError('task-not-found', 'there is no such task');
    return taskId === row.taskId ? null : { pomodoro: row.pomodoro, taskId, ended: [] };
  }
  if (change.step !== null && change.step !== row.steps) return null;
  const { pomodoro, ended } = actOn(row.pomodoro, change.kind, nowMs);
  if (pomodoro === row.pomodoro) return null;
  return { pomodoro, taskId: row.taskId, ended: ended === null ? [] : [ended] };
}

async function tell(
  em: SqlEntityManager,
  row: FocusRow,
  { ended, nowMs }: { readonly ended: EndedPhase; readonly nowMs: number },
): Promise<MessengerName | null> {
  const { id, userId, pomodoro, steps, taskTitle, language } = row;
  const shown = { id, pomodoro, steps, task: taskTitle === null ? null : escapeHtml(taskTitle) };
  const notice = phaseNotice(shown, ended, { language, nowMs });
  const payload = { kind: 'text', silent: false, ...notice } as const;
  return await tellPerson(em, { userId, dedupeKey: `focus:${id}:${steps}`, payload });
}
