import type { Response } from 'express';
import { z } from 'zod';
import { readMarksOf } from '../../db/repositories/habit-entries.ts';
import { readHabit } from '../../db/repositories/habits.ts';
import { dayNumber } from '../../domain/agenda/habits/day-number.ts';
import { heatMapSvg } from '../../domain/agenda/habits/heat-map-svg.ts';
import { THEMES } from '../../domain/agenda/habits/picture-style.ts';
import { strengthCurveSvg } from '../../domain/agenda/habits/strength-curve-svg.ts';
import { dateOf } from '../../domain/agenda/zoned-time.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import type { Route } from '../route.ts';
import { IdParams } from '../schemas/paging.ts';
import { userRoute } from '../user-route.ts';

const PictureQuery = z.strictObject({
  theme: z.enum(THEMES).default('light'),
  year: z.coerce.number<string>().int().min(1971).max(2199).optional().describe('absent: the weeks up to today'),
});
const PICTURES = {
  'heat-map': { draw: heatMapSvg, of: 'A year as a heat map', operation: 'HabitHeatMap' },
  strength: { draw: strengthCurveSvg, of: 'The strength over a year as a curve', operation: 'HabitStrengthCurve' },
} as const;
const FORMATS = { svg: 'image/svg+xml', png: 'image/png' } as const;

/** Pictures of a habit, as SVG and as PNG, 1080 px wide. */
export const habitPictureRoutes = (deps: ApiDeps): Route[] => [
  pictureRoute(deps, 'heat-map', 'svg'),
  pictureRoute(deps, 'heat-map', 'png'),
  pictureRoute(deps, 'strength', 'svg'),
  pictureRoute(deps, 'strength', 'png'),
];

function pictureRoute(deps: ApiDeps, name: keyof typeof PICTURES, format: keyof typeof FORMATS): Route {
  const { draw, of, operation } = PICTURES[name];
  return userRoute({
    method: 'get',
    path: `/api/habits/:id/${name}.${format}`,
    operationId: `get${operation}${format === 'svg' ? 'Svg' : 'Png'}`,
    tag: 'Habits',
    summary: `${of}, ${format.toUpperCase()}, 1080 px wide`,
    status: 200,
    scope: 'read',
    params: IdParams,
    query: PictureQuery,
    contentType: FORMATS[format],
    output: z.string().meta({ format: 'binary' }),
    async handle({ params: { id }, query: { theme, year = null } }, { user }) {
      const habit = await readHabit(deps.em(), user.id, id);
      if (habit === null) throw new Problem('not-found', 'there is no habit with this id');
      const today = dayNumber(dateOf(Date.now(), habit.zone, habit.dayStart));
      const marks = await readMarksOf(deps.em(), id);
      const svg = draw({ habit, marks, today, year }, { language: habit.language, theme });
      const bytes = format === 'svg' ? Buffer.from(svg) : Buffer.from(deps.renderPng(svg));
      return { stream: sendBytes(bytes, { type: FORMATS[format], name: null }) };
    },
  });
}

/** Writes bytes that are no JSON; with a name the browser saves them. */
export const sendBytes =
  (bytes: Uint8Array, { type, name }: { readonly type: string; readonly name: string | null }) =>
  async (res: Response): Promise<void> => {
    res.status(200).set({ 'Content-Type': type, 'Cache-Control': 'private, no-cache' });
    if (name !== null) res.set('Content-Disposition', `attachment; filename="${name}"`);
    res.end(bytes);
    await Promise.resolve();
  };
