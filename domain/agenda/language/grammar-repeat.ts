import { WEEKEND, WHOLE_WEEK, WORKDAYS, type Nth, type Piece, type Weekday } from './pieces.ts';
import { MONTH_DAYS, numbersIn, unitOf, WEEKDAY_LIST, weekdaysIn } from './patterns.ts';
import { rule, type GrammarRule, type Groups } from './scan.ts';

const unclear: Piece = { kind: 'question', question: 'unclear' };
const noSuchDate: Piece = { kind: 'question', question: 'no-such-date' };
const tooOften: Piece = { kind: 'question', question: 'too-often' };

const DAY_WORDS = '(?:w[dps]\\d|work u:dayg?|wk1|wkp|u:dayg?|dayno)';
const WHICH = '(?<which>[noq]\\d{1,2}|last)';
/** «First and third». */
const WHICH_LIST = `${WHICH}(?<others>(?:(?:(?: ,)?(?: and)?)(?: the)? (?:[oq]\\d{1,2}|last))*)`;
const EVERY_N = '(?:(?:n|o|q)(?<n>\\d+) |(?<other>other) )?';

const intervalOf = ({ n, other }: Groups): number => (other === undefined ? Number(n ?? 1) : 2);

function repeat(symbol: string | undefined, interval: number): Piece {
  const unit = unitOf(symbol ?? '');
  if (unit === null) return tooOften; // seconds
  const steps = interval * unit.by;
  if (Number.isInteger(steps) && steps > 0) return { kind: 'repeat', unit: unit.unit, interval: steps };
  return unit.unit === 'hour' && steps > 0
    ? { kind: 'repeat', unit: 'minute', interval: Math.round(steps * 60) }
    : unclear;
}

function daysOf(what: string): readonly Weekday[] {
  if (/^(?:work|wk)/.test(what)) return WORKDAYS;
  return what.startsWith('w') ? weekdaysIn(what) : WHOLE_WEEK;
}

function nthPiece(groups: Groups): Piece {
  const { which = '', what = '', others = '' } = groups;
  const [nth = 0, ...more] = [...placesIn(which), ...placesIn(others)];
  const days = daysOf(what);
  if (nth === 0 || nth > mostIn(days)) return noSuchDate;
  const every = [groups['every'], groups['every2'], groups['base']].some((said) => said !== undefined);
  return { kind: 'nth', nth, others: more, days, month: monthOf(groups), every };
}

const placesIn = (text: string): number[] => [...numbersIn(text), ...(text.includes('last') ? [-1] : [])];

/** How many such days the longest month has. */
const mostIn = (days: readonly Weekday[]): number => (days.length === 7 ? 31 : days.length === 1 ? 5 : 20);

function monthOf({ rel, mon }: Groups): Nth['month'] {
  if (mon !== undefined) return Number(mon);
  return rel === 'next' || rel === 'this' ? rel : 'coming';
}

/** «The second Thursday of each month», «the last day of the month». */
const NTH_RULES: readonly GrammarRule[] = [
  rule(
    `(?<base>every ${EVERY_N}u:month) (?:(?:at|on) )?(?:the )?${WHICH} (?<what>w[dps]\\d|work u:dayg?|wk1|u:dayg?)`,
    (groups) => [nthPiece(groups), repeat('month', intervalOf(groups))],
  ),
  rule(
    `(?:(?:at|on|po) )?(?:the )?(?<every>every )?${WHICH_LIST} (?<what>${DAY_WORDS})(?: (?:of|at|in))?(?: the)?(?:(?<every2> every)| (?<rel>this|next))? (?:u:month|mon(?<mon>\\d+))`,
    nthPiece,
  ),
  rule(`(?:(?:at|on) )?(?<every>every )(?<which>[oq]1|last) (?<what>w[dps]\\d|work u:dayg?|wk1)`, nthPiece),
  rule(`every [oq](?:3|4|5) (?:${WEEKDAY_LIST}|w[dps]\\d)`, () => unclear), // every third one, or the third of the month?
];

const monthDays = (text: string, every: boolean): Piece => {
  const days = numbersIn(text);
  return days.some((day) => day < 1 || day > 31) ? noSuchDate : { kind: 'monthDays', days, every };
};

const EVEN = Array.from({ length: 15 }, (_, index) => 2 * index + 2);
const ODD = Array.from({ length: 16 }, (_, index) => 2 * index + 1);

/** Days of every month. */
const MONTH_RULES: readonly GrammarRule[] = [
  rule(
    `every ${EVERY_N}u:month (?:on )?(?:the )?(?<days>${MONTH_DAYS})(?<no> dayno)?(?! (?:am|pm|u:|mon|t\\d|w[dps]|work|wk))`,
    (groups, text) => {
      const days = groups['days'] ?? '';
      const isSaid = groups['no'] !== undefined || / [oq]\d/.test(` ${days}`) || numbersIn(days).length > 1;
      return isSaid && !text.endsWith(' at') ? [monthDays(days, true), repeat('month', intervalOf(groups))] : null;
    },
  ),
  rule(`(?:(?:at|on|po) )?(?:the )?(?<days>${MONTH_DAYS})(?: dayno)?(?: of)?(?: the)? every u:month`, ({ days }) =>
    monthDays(days ?? '', true),
  ),
  rule(
    `(?:(?:at|on|po) )?every (?<days>${MONTH_DAYS}) dayno|every (?:the )?(?<ordinals>o\\d{1,2}(?:(?: ,)?(?: and)?(?: the)? o\\d{1,2})*)(?! (?:of|w[dps]|u:|mon|work|wk|and o|, o))`,
    (groups) => monthDays(groups['days'] ?? groups['ordinals'] ?? '', true),
  ),
  rule(`(?:(?:at|on|po) )?(?:the )?(?<days>${MONTH_DAYS}) dayno(?: u:month)?`, ({ days }) => severalDays(days)),
  rule(
    '(?:(?:on|at|po) )?(?:the )?(?<days>o\\d{1,2}(?:(?: ,)?(?: and)?(?: the)? o\\d{1,2})+)(?! (?:w[dps]|work|wk|u:))',
    ({ days }) => severalDays(days),
  ),
  rule('(?:(?:po|at|on|every|the) )*(?<which>even|odd) (?:dayno|u:dayg?)', ({ which }) => ({
    kind: 'monthDays',
    days: which === 'even' ? EVEN : ODD,
    every: true,
  })),
  rule('(?:on )?(?:the )?every (?<days>[oq]\\d{1,2}) of (?:the )?u:month', ({ days }) => monthDays(days ?? '', true)),
  rule('(?:(?:po|at|on|every) )*(?:even|odd) u:\\w+', () => unclear),
];

/** One such day is a date, several come every month. */
const severalDays = (days = ''): Piece | null => (numbersIn(days).length > 1 ? monthDays(days, true) : null);

const days = (list: readonly Weekday[], every: boolean, interval = 1): Piece => ({
  kind: 'days',
  days: list,
  every,
  interval,
});

function range(groups: Groups): Piece {
  const [first, last] = [Number(groups['first']), Number(groups['last'])];
  const list = WHOLE_WEEK.filter((day) => (first <= last ? day >= first && day <= last : day >= first || day <= last));
  return days(list, true);
}

/** Several weekdays without «every» are a habit if they are many or written short: «пн ср пт». */
function listed(text: string): Piece {
  const isPlural = text.includes('wp') || text.startsWith('po ') || text.includes(' po ');
  const isShort = !/w[dp]/.test(text);
  return days(weekdaysIn(text), isPlural || isShort || weekdaysIn(text).length > 2);
}

/** Days of the week. */
const WEEK_RULES: readonly GrammarRule[] = [
  rule(`(?:, )?except (?:(?:po|on|at|the) )*(?<list>${WEEKDAY_LIST}|w[dps]\\d|wep?|wkp)`, ({ list = '' }) => ({
    kind: 'except',
    days: list.startsWith('we') ? WEEKEND : list === 'wkp' ? WORKDAYS : weekdaysIn(list),
  })),
  rule('(?:(?:at|on|po|every) )?w[dps]\\d(?: - w[dps]\\d){2,}', (_groups, text) => days(weekdaysIn(text), true)),
  rule('(?:(?:from|on|at|po|every) )?w[dps](?<first>\\d) (?:-|to|po|until|through) w[dps](?<last>\\d)', range),
  rule('(?:po |on )?(?:every )?(?:work|wk1|wkp) p[nap]:(?<part>[mden])(?<hour>\\d+)', (groups) => [
    days(WORKDAYS, true),
    partOfDay(groups),
  ]),
  rule('(?:(?:every|po|on|at|na) )*(?:wkp|work u:day)(?: u:day)?', () => days(WORKDAYS, true)),
  rule('(?:on )?(?:every|on|each) wk1', () => days(WORKDAYS, true)),
  rule('(?:(?:po|on|at) )?every we|(?:(?:po|on|at|every|the) )*wep(?: u:day)?', () => days(WEEKEND, true)),
  rule(
    `(?:(?:at|on|po) )?every (?<second>q2 |o2 |other |n\\d+ )?(?<list>${WEEKDAY_LIST}|w[dps]\\d)`,
    ({ second, list = '' }) => days(weekdaysIn(list), true, everyOther(second)),
  ),
  rule(`(?:(?:at|on|po) )?(?:the )?${WEEKDAY_LIST}`, (_groups, text) => listed(text)),
  rule('(?:(?:at|on|po) )?wp\\d|po w[ds]\\d(?! (?:#|incl))', (_groups, text) => days(weekdaysIn(text), true)),
];

const everyOther = (said: string | undefined): number =>
  said === undefined ? 1 : said.startsWith('n') ? Number(said.slice(1)) : 2;

/** Steps: every three days, once a month. */
const STEP_RULES: readonly GrammarRule[] = [
  rule(
    '(?:(?:only|po) )?(?:n(?<times>\\d+) )?times (?:(?:at|in|a|per|every) )+(?:(?:n(?<n>[\\d.]+)|(?<other>other)) )?(?:u:(?<unit>\\w+)|(?<quarter>quarter))',
    (groups, text) => several(groups, text),
  ),
  rule(
    'every (?:a )?(?:n(?<whole>\\d+) )?(?:u:hour (?:and|from) (?:a )?half|(?:and|from) (?:a )?half u:hour)',
    ({ whole }) => repeat('min', Number(whole ?? 1) * 60 + 30),
  ),
  rule('biweekly', () => unclear), // twice a week, or every two weeks
  rule('every (?:n(?<n>[\\d.]+) |(?<other>other) )?(?:a )?half (?:a )?u:hour', (groups) =>
    repeat('min', intervalOf(groups) * 30),
  ),
  rule(
    `every (?:x(?<x>[\\d.]+) |[noq](?<n>[\\d.]+) |(?<other>other) |a )?(?:n(?<m>[\\d.]+) )?u:(?<unit>\\w+)`,
    (groups) =>
      repeat(groups['unit'], intervalOf({ ...groups, n: groups['x'] ?? groups['n'] }) * Number(groups['m'] ?? 1)),
  ),
  rule('every quarter', () => repeat('quarter', 1)),
  rule('every p[nap]:(?<part>[mden])(?<hour>\\d+)', (groups) => [repeat('day', 1), partOfDay(groups)]),
  rule('(?:(?:po|in|on|at) )?(?:the )?pp:(?<part>[mden])(?<hour>\\d+)', (groups) => [
    repeat('day', 1),
    partOfDay(groups),
  ]),
];

function several(groups: Groups, text: string): Piece | null {
  const step = repeat(groups['unit'] ?? 'quarter', intervalOf(groups));
  const times = Number(groups['times'] ?? 1);
  if (times > 1 && text.includes('times every')) return null; // «10 times, every day»
  if (step.kind !== 'repeat' || times === 1) return step;
  return step.interval === 1 ? { kind: 'per', times, unit: step.unit } : unclear;
}

const partOfDay = ({ part, hour }: Groups): Piece => ({
  kind: 'part',
  part: part === 'm' || part === 'd' || part === 'e' ? part : 'n',
  hour: Number(hour),
});

/** Everything that makes a series. */
export const REPEAT_RULES: readonly GrammarRule[] = [...MONTH_RULES, ...NTH_RULES, ...WEEK_RULES, ...STEP_RULES];

/** How many times; last, when it shows what stands beside it. */
export const COUNT_RULES: readonly GrammarRule[] = [
  rule('(?:(?<=#+ )|(?<=#+ , )|(?<=^ )|(?:(?:for|only) ))(?:only )?n(?<count>\\d+) times', ({ count }) =>
    counted(count),
  ),
  rule('n(?<count>\\d+) times(?= #)', ({ count }) => counted(count)),
];

const counted = (count: string | undefined): Piece => ({ kind: 'count', count: Number(count) });
