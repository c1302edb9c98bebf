import { dateOfDay, dayNumber, weekdayOfDay, type DayNumber } from './day-number.ts';
import { goalOn } from './habit-history.ts';
import { dayStates, historyOf, statisticsOf, type DayState } from './habit-statistics.ts';
import {
  brushesOf,
  HEADING_HEIGHT,
  headingParts,
  type Brushes,
  type PictureBasis,
  type PictureLook,
} from './picture-heading.ts';
import { boxAt, MARGIN, mix, PICTURE_WIDTH, svgOf, textAt, type Box } from './picture-style.ts';
import { PICTURE_TEXTS } from './picture-texts.ts';

const WEEKDAY_WIDTH = 58;
const MONTHS_HEIGHT = 48;
const GAP = 5;
/** Between the two halves, and before the legend. */
const BREAK = 34;
const LEGEND_HEIGHT = 92;

/** The days of a picture, whole weeks from Monday on, in two halves of so many columns. */
interface Weeks {
  readonly first: DayNumber;
  readonly from: DayNumber;
  readonly to: DayNumber;
  readonly columns: number;
}

/** A year of a habit as a heat map, weeks as columns, half a year beside the other: SVG, 1080 px wide. */
export function heatMapSvg(basis: PictureBasis, look: PictureLook): string {
  const { habit, marks, today } = basis;
  const weeks = weeksOf(basis);
  const history = historyOf(habit, marks);
  const statistics = statisticsOf(history, today);
  const state = dayStates(history, Math.max(today, weeks.to));
  const brushes = brushesOf(habit, look.theme);
  const pitch = (PICTURE_WIDTH - 2 * MARGIN - WEEKDAY_WIDTH + GAP) / weeks.columns;
  const half = MONTHS_HEIGHT + 7 * pitch - GAP;
  const drawing: Drawing = { basis, look, weeks, brushes, pitch, state };
  const tops = [HEADING_HEIGHT, HEADING_HEIGHT + half + BREAK];
  const height = HEADING_HEIGHT + 2 * half + 2 * BREAK + LEGEND_HEIGHT;
  const parts = [
    ...headingParts(basis, statistics, look),
    ...tops.flatMap((top, place) => halfParts(drawing, { top, first: weeks.first + place * 7 * weeks.columns })),
    ...legendParts(drawing, HEADING_HEIGHT + 2 * half + 2 * BREAK),
  ];
  return svgOf({ height, palette: brushes, title: habit.name, parts });
}

function weeksOf({ today, year }: PictureBasis): Weeks {
  const to = year === null ? today : dayNumber(`${year}-12-31`);
  const from = year === null ? today - 7 * 52 - weekdayOfDay(today) + 1 : dayNumber(`${year}-01-01`);
  const first = from - weekdayOfDay(from) + 1;
  const count = Math.ceil((to - first + 1) / 7);
  return { first, from, to, columns: Math.ceil(count / 2) };
}

interface Drawing {
  readonly basis: PictureBasis;
  readonly look: PictureLook;
  readonly weeks: Weeks;
  readonly brushes: Brushes;
  readonly pitch: number;
  readonly state: (day: DayNumber) => DayState;
}

interface Half {
  readonly top: number;
  /** Its first Monday. */
  readonly first: DayNumber;
}

function halfParts(drawing: Drawing, half: Half): string[] {
  const { look, brushes, pitch, weeks } = drawing;
  const grid = half.top + MONTHS_HEIGHT;
  const size = pitch - GAP;
  const weekdays = PICTURE_TEXTS[look.language].weekdays.map((name, row) =>
    textAt({ x: MARGIN, y: grid + row * pitch + size / 2 + 10 }, name, { size: 28, fill: brushes.muted }),
  );
  const cells = Array.from({ length: weeks.columns * 7 }, (_, place) => {
    const day = half.first + place;
    if (day < weeks.from || day > weeks.to) return '';
    const x = MARGIN + WEEKDAY_WIDTH + Math.floor(place / 7) * pitch;
    return cell(drawing, day, { x, y: grid + (place % 7) * pitch, width: size, height: size });
  });
  return [...weekdays, ...monthParts(drawing, half), ...cells];
}

/** Columns that a month's name takes. */
const NAME_COLUMNS = 2;

/** Each month's name over the week in which its first day lies; one that began before stands first where there is room. */
function monthParts({ look, brushes, pitch, weeks }: Drawing, { top, first }: Half): string[] {
  const { months } = PICTURE_TEXTS[look.language];
  const begun = Array.from({ length: weeks.columns }, (_, column) => {
    const days = Array.from({ length: 7 }, (_day, place) => first + column * 7 + place);
    return days.find((day) => day >= weeks.from && day <= weeks.to && dateOfDay(day).endsWith('-01')) ?? null;
  });
  const next = begun.findIndex((day) => day !== null);
  const names = begun.map((day, column) => (column > weeks.columns - NAME_COLUMNS ? null : day));
  if (next > NAME_COLUMNS || next === -1) names[0] = Math.max(first, weeks.from);
  return names.flatMap((day, column) => {
    if (day === null) return [];
    const at = { x: MARGIN + WEEKDAY_WIDTH + column * pitch, y: top + 32 };
    const name = months[Number(dateOfDay(day).slice(5, 7)) - 1] ?? '';
    return [textAt(at, name, { size: 28, fill: brushes.muted })];
  });
}

function cell(drawing: Drawing, day: DayNumber, box: Box): string {
  const { basis, brushes } = drawing;
  if (day > basis.today) return boxAt(box, 7, `fill="none" stroke="${brushes.line}" stroke-width="2"`);
  const state = drawing.state(day);
  const ring = day === basis.today ? ringAround(box, brushes) : '';
  if (state.standing === 'frozen') return boxAt(box, 7, `fill="${brushes.track}"`) + dotIn(box, brushes) + ring;
  return boxAt(box, 7, `fill="${paintOf(drawing, day, state)}"`) + ring;
}

function paintOf({ basis, brushes }: Drawing, day: DayNumber, { standing, amount }: DayState): string {
  switch (standing) {
    case 'done':
      return brushes.ink;
    case 'implied':
      return brushes.soft;
    case 'partly': {
      const target = goalOn(basis.habit, day).target ?? 1;
      return mix(brushes.ink, brushes.page, 0.85 - 0.5 * Math.min(1, amount / target));
    }
    case 'over':
      return brushes.over;
    case 'frozen':
    case 'open':
      return brushes.track;
  }
}

const ringAround = ({ x, y, width, height }: Box, { text }: Brushes): string =>
  boxAt(
    { x: x - 2.5, y: y - 2.5, width: width + 5, height: height + 5 },
    9,
    `fill="none" stroke="${text}" stroke-width="3"`,
  );

const dotIn = ({ x, y, width, height }: Box, { ink, track }: Brushes): string =>
  `<circle cx="${x + width / 2}" cy="${y + height / 2}" r="${width / 5}" fill="${mix(ink, track, 0.35)}"/>`;

/** What each colour means. */
function legendParts(drawing: Drawing, top: number): string[] {
  const { brushes, look, basis } = drawing;
  const { legend } = PICTURE_TEXTS[look.language];
  const { kind } = basis.habit;
  const goal = goalOn(basis.habit, basis.today);
  const partly = mix(brushes.ink, brushes.page, 0.6);
  const samples: readonly (readonly [string, string])[] = [
    [kind === 'at-most' ? legend.within : legend.done, brushes.ink],
    ...(kind === 'at-least' ? [[legend.partly, partly] as const] : []),
    ...(kind !== 'at-most' && goal.times < goal.days ? [[legend.implied, brushes.soft] as const] : []),
    ...(kind === 'at-most' ? [[legend.over, brushes.over] as const] : []),
    [legend.frozen, brushes.track],
  ];
  let x = MARGIN;
  return samples.flatMap(([name, fill]) => {
    const box: Box = { x, y: top - 4, width: 30, height: 30 };
    x += 30 + 14 + 17 * name.length + 34;
    return [
      boxAt(box, 7, `fill="${fill}"`),
      ...(name === legend.frozen ? [dotIn(box, brushes)] : []),
      textAt({ x: box.x + 44, y: top + 21 }, name, { size: 28, fill: brushes.muted }),
    ];
  });
}
