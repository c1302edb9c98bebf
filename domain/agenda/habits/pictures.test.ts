import { describe, expect, it } from 'vitest';
import { dayNumber } from './day-number.ts';
import type { DayMark } from './habit-history.ts';
import type { Habit } from './habit.ts';
import { heatMapSvg } from './heat-map-svg.ts';
import type { PictureLook } from './picture-heading.ts';
import { strengthCurveSvg } from './strength-curve-svg.ts';

const TODAY = dayNumber('2026-11-21');
const habit: Habit = {
  ...{
    id: '1',
    userId: '1',
    name: 'Зарядка 💪 <утром>',
    question: null,
    description: null,
    kind: 'yes-no',
    unit: null,
  },
  ...{ pressAdds: null, promptTimes: [], dayStart: '04:00', restDays: [7], microGoal: null, weeklyPicture: false },
  ...{ colour: 8, goals: [{ since: null, times: 5, days: 7, target: null }], position: 0, archived: false },
  pauses: [{ from: '2026-07-01', to: '2026-07-20' }],
};
const year = new Map(
  Array.from({ length: 400 }, (_, ago): [number, DayMark] => [TODAY - ago, ago % 3 ? 'done' : 'no']),
);
const HISTORIES = { none: new Map<number, DayMark>(), 'one day': new Map([[TODAY, 'done' as const]]), 'a year': year };
const LOOKS: readonly PictureLook[] = [
  { language: 'ru', theme: 'light' },
  { language: 'en', theme: 'dark' },
];

describe.each([
  ['heat map', heatMapSvg],
  ['strength curve', strengthCurveSvg],
])('%s', (_name, draw) => {
  it.each(Object.entries(HISTORIES))('of %s can be read on a phone, in both languages and themes', (_days, marks) => {
    for (const look of LOOKS)
      for (const shown of [null, 2024]) {
        const svg = draw({ habit, marks, today: TODAY, year: shown }, look);
        expect(svg).toContain('viewBox="0 0 1080 ');
        const sizes = [...svg.matchAll(/font-size="(\d+)"/g)].map(([, size]) => Number(size));
        expect(Math.min(...sizes)).toBeGreaterThanOrEqual(28);
        expect(svg).toContain('Зарядка &lt;утром&gt;');
        expect(svg).not.toMatch(/NaN|undefined|💪<\/text>/);
        expect(svg).toContain(look.language === 'ru' ? 'лучшая серия' : 'best streak');
      }
  });
});

describe('heat map', () => {
  it('has a cell for each day of the year, and names all its months', () => {
    const svg = heatMapSvg({ habit, marks: year, today: TODAY, year: 2024 }, { language: 'en', theme: 'light' });
    const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
    expect([...svg.matchAll(/>([A-Z][a-z]{2})</g)].map(([, name]) => name)).toEqual(months);
    // The legend has three of its own.
    expect([...svg.matchAll(/rx="7"/g)]).toHaveLength(366 + 3);
  });
});
