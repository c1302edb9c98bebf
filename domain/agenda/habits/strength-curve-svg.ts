import { dateOfDay, dayNumber, type DayNumber } from './day-number.ts';
import { strengthSeries, type StrengthSeries } from './habit-strength.ts';
import { historyOf, statisticsOf } from './habit-statistics.ts';
import { freezes } from './habit.ts';
import {
  brushesOf,
  HEADING_HEIGHT,
  headingParts,
  type Brushes,
  type PictureBasis,
  type PictureLook,
} from './picture-heading.ts';
import { MARGIN, PICTURE_WIDTH, round, svgOf, textAt, type Point } from './picture-style.ts';
import { PICTURE_TEXTS } from './picture-texts.ts';

const HEIGHT = 920;
const LEFT = MARGIN + 92;
const RIGHT = PICTURE_WIDTH - MARGIN - 8;
const TOP = HEADING_HEIGHT + 34;
const BOTTOM = HEIGHT - 106;
const LEVELS = [0, 0.25, 0.5, 0.75, 1];
/** A frozen stretch as short as a rest day is not shaded. */
const SHADED_DAYS = 3;

/** The strength of a habit over a year as a curve; vacations are shaded: SVG, 1080 px wide. */
export function strengthCurveSvg(basis: PictureBasis, look: PictureLook): string {
  const { habit, marks, today, year } = basis;
  const history = historyOf(habit, marks);
  const from = year === null ? today - 364 : dayNumber(`${year}-01-01`);
  const to = year === null ? today : dayNumber(`${year}-12-31`);
  const brushes = brushesOf(habit, look.theme);
  const scale: Scale = {
    x: (day) => LEFT + ((day - from) / (to - from)) * (RIGHT - LEFT),
    y: (score) => BOTTOM - score * (BOTTOM - TOP),
  };
  const drawing: Drawing = { basis, look, brushes, scale, from, to };
  const series = strengthSeries(history, today);
  const parts = [
    ...headingParts(basis, statisticsOf(history, today), look),
    ...vacationParts(drawing, series),
    ...gridParts(drawing),
    ...curveParts(drawing, series),
  ];
  return svgOf({ height: HEIGHT, palette: brushes, title: habit.name, parts });
}

interface Scale {
  readonly x: (day: DayNumber) => number;
  readonly y: (score: number) => number;
}

interface Drawing {
  readonly basis: PictureBasis;
  readonly look: PictureLook;
  readonly brushes: Brushes;
  readonly scale: Scale;
  readonly from: DayNumber;
  readonly to: DayNumber;
}

function gridParts({ look, brushes, scale, from, to }: Drawing): string[] {
  const texts = PICTURE_TEXTS[look.language];
  const label = { size: 28, fill: brushes.muted };
  const levels = LEVELS.flatMap((level) => [
    `<line x1="${LEFT}" x2="${RIGHT}" y1="${scale.y(level)}" y2="${scale.y(level)}" stroke="${brushes.line}" stroke-width="2"/>`,
    textAt({ x: LEFT - 18, y: scale.y(level) + 10 }, `${level * 100}%`, { ...label, anchor: 'end' }),
  ]);
  const firsts = Array.from({ length: to - from + 1 }, (_, place) => from + place).filter((day) =>
    dateOfDay(day).endsWith('-01'),
  );
  // Every other month: twelve names would touch.
  const months = firsts
    .filter((day, place) => place % 2 === 0 && scale.x(day) < RIGHT - 40)
    .map((day) =>
      textAt({ x: scale.x(day), y: BOTTOM + 48 }, texts.months[Number(dateOfDay(day).slice(5, 7)) - 1] ?? '', label),
    );
  return [...levels, ...months];
}

function curveParts({ basis, look, brushes, scale, from, to }: Drawing, series: StrengthSeries): string[] {
  const first = Math.max(from, series.from);
  const last = Math.min(to, basis.today);
  if (series.scores.length === 0 || first > last) {
    // Between two lines of the grid.
    const middle: Point = { x: (LEFT + RIGHT) / 2, y: scale.y(0.625) + 11 };
    const { noData } = PICTURE_TEXTS[look.language];
    return [textAt(middle, noData, { size: 32, fill: brushes.muted, anchor: 'middle' })];
  }
  const days = Array.from({ length: last - first + 1 }, (_, place) => first + place);
  const line = days.map((day) => `${round(scale.x(day))},${round(scale.y(series.on(day)))}`);
  const base = round(scale.y(0));
  const end: Point = { x: round(scale.x(last)), y: round(scale.y(series.on(last))) };
  const area = `M${round(scale.x(first))},${base} L${line.join(' L')} L${end.x},${base} Z`;
  return [
    `<defs><linearGradient id="under" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${brushes.ink}" stop-opacity="0.34"/><stop offset="1" stop-color="${brushes.ink}" stop-opacity="0.02"/></linearGradient></defs>`,
    `<path d="${area}" fill="url(#under)"/>`,
    `<polyline points="${line.join(' ')}" fill="none" stroke="${brushes.ink}" stroke-width="6" stroke-linejoin="round" stroke-linecap="round"/>`,
    `<circle cx="${end.x}" cy="${end.y}" r="11" fill="${brushes.ink}" stroke="${brushes.page}" stroke-width="5"/>`,
  ];
}

/** Days since the first mark on which nothing was due, where they are more than a weekend. */
function vacationParts({ basis, brushes, scale, from, to }: Drawing, series: StrengthSeries): string[] {
  if (series.scores.length === 0) return [];
  const isFrozen = freezes({ restDays: [], pauses: basis.habit.pauses });
  const parts: string[] = [];
  let begin: DayNumber | null = null;
  for (let day = Math.max(from, series.from); day <= Math.min(to, basis.today) + 1; day += 1) {
    const frozen = day <= Math.min(to, basis.today) && isFrozen(day);
    if (frozen) begin ??= day;
    else if (begin !== null) {
      const width = round(scale.x(day) - scale.x(begin));
      if (day - begin >= SHADED_DAYS)
        parts.push(
          `<rect x="${round(scale.x(begin))}" y="${TOP}" width="${width}" height="${BOTTOM - TOP}" fill="${brushes.track}"/>`,
        );
      begin = null;
    }
  }
  return parts;
}
