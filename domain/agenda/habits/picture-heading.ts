import type { Language } from '../../accounts/language.ts';
import type { DayNumber } from './day-number.ts';
import { goalOn } from './habit-history.ts';
import type { HabitStatistics, Marks } from './habit-statistics.ts';
import { daysIn, goalIn, percentIn } from './habit-words.ts';
import type { Habit } from './habit.ts';
import {
  fitted,
  inkOf,
  MARGIN,
  mix,
  PALETTES,
  PICTURE_WIDTH,
  round,
  textAt,
  type Palette,
  type Point,
  type Theme,
} from './picture-style.ts';
import { PICTURE_TEXTS } from './picture-texts.ts';

/** What is drawn. */
export interface PictureBasis {
  readonly habit: Habit;
  readonly marks: Marks;
  readonly today: DayNumber;
  /** A calendar year; null = the 53 weeks up to today. */
  readonly year: number | null;
}

export interface PictureLook {
  readonly language: Language;
  readonly theme: Theme;
}

/** Brushes of one picture. */
export interface Brushes extends Palette {
  /** The habit's colour. */
  readonly ink: string;
  /** Weaker ones of it, over the page. */
  readonly soft: string;
  readonly faint: string;
}

export function brushesOf({ colour }: Habit, theme: Theme): Brushes {
  const palette = PALETTES[theme];
  const ink = inkOf(colour, theme);
  return { ...palette, ink, soft: mix(ink, palette.page, 0.5), faint: mix(ink, palette.page, 0.86) };
}

/** Where what comes under the heading begins, px. */
export const HEADING_HEIGHT = 344;
const RING_RADIUS = 62;
const RING: Point = { x: MARGIN + RING_RADIUS + 6, y: 242 };

/** Name and goal, a ring that shows the strength, and the streaks. */
export function headingParts(basis: PictureBasis, statistics: HabitStatistics, look: PictureLook): string[] {
  const { habit, today, year } = basis;
  const brushes = brushesOf(habit, look.theme);
  const texts = PICTURE_TEXTS[look.language];
  const goal = goalIn(look.language, habit, goalOn(habit, today));
  const under = `${goal} · ${year === null ? texts.year : String(year)}`;
  const width = PICTURE_WIDTH - 2 * MARGIN;
  return [
    textAt({ x: MARGIN, y: 86 }, fitted(habit.name, 52, width), { size: 52, weight: 700, fill: brushes.text }),
    textAt({ x: MARGIN, y: 134 }, fitted(under, 30, width), { size: 30, fill: brushes.muted }),
    ...ringParts(statistics.strength, brushes, percentIn(look.language, statistics.strength)),
    ...figureParts(statistics, brushes, look.language),
  ];
}

function ringParts(strength: number, { ink, faint, text }: Brushes, shown: string): string[] {
  const around = 2 * Math.PI * RING_RADIUS;
  const circle = (paint: string): string =>
    `<circle cx="${RING.x}" cy="${RING.y}" r="${RING_RADIUS}" fill="none" stroke-width="14" ${paint}/>`;
  const arc = `stroke="${ink}" stroke-linecap="round" stroke-dasharray="${round(around * strength)} ${round(around)}" transform="rotate(-90 ${RING.x} ${RING.y})"`;
  return [
    circle(`stroke="${faint}"`),
    ...(strength > 0.004 ? [circle(arc)] : []),
    textAt({ x: RING.x, y: RING.y + 13 }, shown, { size: 36, weight: 700, fill: text, anchor: 'middle' }),
  ];
}

function figureParts(statistics: HabitStatistics, { text, muted }: Brushes, language: Language): string[] {
  const texts = PICTURE_TEXTS[language];
  const best = Math.max(0, ...statistics.bestStreaks.map(({ length }) => length));
  const figures = [
    [daysIn(language, statistics.streak?.length ?? 0), streakNote(statistics, language)],
    [daysIn(language, best), texts.best],
    [daysIn(language, statistics.daysDone), texts.done],
  ] as const;
  const from = RING.x + RING_RADIUS + 52;
  // The first one has the longest name.
  const columns = [from, from + 302, from + 580];
  return figures.flatMap(([figure, name], place) => {
    const x = columns[place] ?? from;
    return [
      textAt({ x, y: RING.y - 2 }, figure, { size: 44, weight: 700, fill: text }),
      textAt({ x, y: RING.y + 40 }, name, { size: 28, fill: muted }),
    ];
  });
}

/** Frozen days hold a streak; how long it is without them stands beside. */
function streakNote({ streak }: HabitStatistics, language: Language): string {
  const { streak: word } = PICTURE_TEXTS[language];
  if (streak === null || streak.length === streak.active) return word;
  return language === 'ru' ? `${word}, без пауз ${streak.active}` : `${word}, ${streak.active} active`;
}
