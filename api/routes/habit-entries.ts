import { z } from 'zod';
import { listEntries } from '../../db/repositories/habit-entries.ts';
import { readHabit } from '../../db/repositories/habits.ts';
import { dateOfDay, dayNumber } from '../../domain/agenda/habits/day-number.ts';
import type { ApiDeps } from '../deps.ts';
import { OUTAGES, Problem } from '../problems.ts';
import type { Route } from '../route.ts';
import { EntryIn, EntryOut, EntryParams } from '../schemas/habits.ts';
import { IdParams } from '../schemas/paging.ts';
import { CalendarDate } from '../schemas/task.ts';
import { userRoute } from '../user-route.ts';

const tag = 'Habits';
const FIRST = '1971-01-01';
const LAST = '2199-12-31';

/** What is known of a habit's days. */
export const habitEntryRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'get',
    path: '/api/habits/:id/entries',
    operationId: 'listHabitEntries',
    tag,
    summary: 'What is known of the days between two, oldest first; days without an entry are not in it',
    status: 200,
    scope: 'read',
    params: IdParams,
    query: z.strictObject({ from: CalendarDate.default(FIRST), to: CalendarDate.default(LAST) }),
    output: z.object({ items: z.array(EntryOut) }),
    async handle({ params: { id }, query: { from, to } }, { user }) {
      await ownHabit(deps, user.id, id);
      const entries = await listEntries(deps.em(), id, { from: dayNumber(from), to: dayNumber(to) });
      return { body: { items: entries.map(({ day, mark, note }) => ({ date: dateOfDay(day), mark, note })) } };
    },
  }),
  userRoute({
    method: 'put',
    path: '/api/habits/:id/entries/:date',
    operationId: 'putHabitEntry',
    tag,
    summary: 'Say how a day was',
    status: 200,
    scope: 'agenda',
    params: EntryParams,
    body: EntryIn,
    output: EntryOut,
    problems: OUTAGES,
    async handle({ params: { id, date }, body: { mark, note } }, { user, newId }) {
      await ownHabit(deps, user.id, id);
      const call = { userId: user.id, habitId: id, requestId: newId };
      await deps.temporal.changeHabit(call, { kind: 'mark', day: date, mark, ...(note !== undefined && { note }) });
      const [entry] = await listEntries(deps.em(), id, { from: dayNumber(date), to: dayNumber(date) });
      return { body: { date, mark: entry?.mark ?? mark, note: entry?.note ?? null } };
    },
  }),
  userRoute({
    method: 'delete',
    path: '/api/habits/:id/entries/:date',
    operationId: 'deleteHabitEntry',
    tag,
    summary: 'Nothing is known of the day any more',
    status: 204,
    scope: 'agenda',
    params: EntryParams,
    problems: OUTAGES,
    async handle({ params: { id, date } }, { user, newId }) {
      await ownHabit(deps, user.id, id);
      const call = { userId: user.id, habitId: id, requestId: newId };
      await deps.temporal.changeHabit(call, { kind: 'mark', day: date, mark: null });
      return { body: undefined };
    },
  }),
];

async function ownHabit({ em }: ApiDeps, userId: string, id: string): Promise<void> {
  if ((await readHabit(em(), userId, id)) === null) throw new Problem('not-found', 'there is no habit with this id');
}
