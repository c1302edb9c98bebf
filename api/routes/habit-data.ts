import { z } from 'zod';
import { exportHabits, importHabits } from '../../db/repositories/habit-portable.ts';
import { readSettings } from '../../db/repositories/user-settings.ts';
import { dayNumber } from '../../domain/agenda/habits/day-number.ts';
import { readLoopArchive, writeLoopArchive } from '../../domain/agenda/habits/loop-archive.ts';
import { dateOf } from '../../domain/agenda/zoned-time.ts';
import type { ApiDeps } from '../deps.ts';
import { OUTAGES } from '../problems.ts';
import type { Route } from '../route.ts';
import { ImportOut } from '../schemas/habits.ts';
import { userRoute } from '../user-route.ts';
import { sendBytes } from './habit-pictures.ts';

const tag = 'Habits';

/** All habits as a zip of CSV files in Loop Habit Tracker's shape, out and in. */
export const habitDataRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'get',
    path: '/api/habits/archive',
    operationId: 'exportHabits',
    tag,
    summary: "All habits as a zip of CSV files in Loop Habit Tracker's shape",
    status: 200,
    scope: 'read',
    contentType: 'application/zip',
    output: z.string().meta({ format: 'binary' }),
    async handle(_input, { user }) {
      const { zone } = await readSettings(deps.em(), user.id);
      const today = dateOf(Date.now(), zone);
      const zip = writeLoopArchive(await exportHabits(deps.em(), user.id), dayNumber(today));
      return { stream: sendBytes(zip, { type: 'application/zip', name: `habits-${today}.zip` }) };
    },
  }),
  userRoute({
    method: 'put',
    path: '/api/habits/archive',
    operationId: 'importHabits',
    tag,
    summary: 'Take such a zip in, up to 10 MB: good rows come in, bad ones are listed, what is known already stays',
    status: 200,
    scope: 'agenda',
    takes: 'application/zip',
    body: z.instanceof(Uint8Array),
    output: ImportOut,
    problems: ['archive-invalid', 'file-too-large', 'too-many-habits', ...OUTAGES],
    async handle({ body }, { user, newId }) {
      const { habits, problems } = readLoopArchive(body);
      const brought = { userId: user.id, habits, importId: newId, nowMs: Date.now() };
      const imported = await importHabits(deps.em(), brought);
      for (const { id, asks } of imported) if (asks) await deps.temporal.keepStoredHabit(user.id, id);
      return { body: { habits: imported, problems: [...problems] } };
    },
  }),
];
