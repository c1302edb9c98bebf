import type { DateSpec, Piece } from './pieces.ts';
import { AMOUNT, ON, amountOf, roleOf } from './patterns.ts';
import { rule, type GrammarRule, type Groups } from './scan.ts';

const past: Piece = { kind: 'question', question: 'past' };
const noSuchDate: Piece = { kind: 'question', question: 'no-such-date' };
const unclear: Piece = { kind: 'question', question: 'unclear' };

const datePiece = (spec: DateSpec, { role, every }: Groups = {}): Piece =>
  role === 'after' && spec.is !== 'ahead'
    ? unclear
    : { kind: 'date', spec, role: roleOf(role), every: every !== undefined };

const LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A day of a month, refused if no year has it. */
function calendarDate(groups: Groups): Piece {
  const { day, month, year, rel } = groups;
  const [d, m] = [Number(day), Number(month)];
  if (!(m >= 1 && m <= 12 && d >= 1 && d <= (LONGEST[m - 1] ?? 0))) return noSuchDate;
  const every = groups['every'] ?? groups['every2'];
  const y = year === undefined ? null : Number(year.length === 2 ? `20${year}` : year);
  return datePiece(
    { is: 'date', day: d, month: m, year: y, nextYear: rel === 'next' },
    { role: groups['role'], every },
  );
}

/** 12/25 and 25/12 are one day; of 05/06 nobody knows. */
function slashed(groups: Groups): Piece {
  const [a, b] = [Number(groups['day']), Number(groups['month'])];
  if (a <= 12 && b <= 12 && a !== b) return unclear;
  return b > 12 ? calendarDate({ ...groups, day: groups['month'], month: groups['day'] }) : calendarDate(groups);
}

function monthDay(groups: Groups): Piece {
  const day = Number(groups['day']);
  const { rel } = groups;
  if (day < 1 || day > 31) return noSuchDate;
  return datePiece({ is: 'monthDay', day, month: rel === undefined ? null : rel === 'next' ? 1 : 0 }, groups);
}

function weekday(groups: Groups): Piece {
  const { rel, week, later } = groups;
  const named = rel ?? week;
  const at = named === undefined ? null : named === 'next' ? 1 : 0;
  return datePiece({ is: 'weekday', weekday: Number(groups['weekday']), week: at, later: weeksOf(later) }, groups);
}

const weeksOf = (text: string | undefined): number =>
  text === undefined ? 0 : Math.round((amountOf(text)?.days ?? 0) / 7);

const YEAR =
  '(?:(?: ,)? n(?<year>(?:19|20|21)\\d\\d)(?: u:year(?: \\.)?)?)?(?: (?:of )?(?<rel>next|this) u:year)?(?<every2> (?:of )?every u:year)?';
const WEEKDAY = 'w[ds](?<weekday>\\d)';

/** Dates that name a month, by number or word. */
const CALENDAR_RULES: readonly GrammarRule[] = [
  rule('[noq]\\d{1,2} (?:of )?mon\\d+ n[23]\\d(?! (?:u:|am|pm|oclock|p[agn]:|mon))', () => unclear), // a year, or so many guests
  rule(`${ON}date(?<day>\\d+)\\.(?<month>\\d+)\\.(?<year>\\d+)(?: u:year)?`, calendarDate),
  rule(`${ON}slash(?<day>\\d+)\\.(?<month>\\d+)\\.(?<year>\\d+)`, slashed),
  rule(`${ON}slash(?<day>\\d+)\\.(?<month>\\d+)`, slashed),
  rule(
    `${ON}(?<every>every )?(?:the )?[noq](?<day>\\d{1,2}) (?:dayno )?(?:of )?mon(?<month>\\d+)(?: \\.)?${YEAR}`,
    calendarDate,
  ),
  rule(
    `${ON}(?<every>every )?mon(?<month>\\d+) (?:\\. )?(?:the )?[noq](?<day>\\d{1,2})(?! (?:am|pm|u:|mon))(?: dayno)?${YEAR}`,
    calendarDate,
  ),
  rule(`${ON}x(?<day>\\d{1,2})\\.(?<month>\\d\\d)(?! (?:am|pm|p[agn]:))`, dotted),
];

/** 25.12 is a date, 9.30 a time, 32.01 neither. */
function dotted(groups: Groups, text: string): Piece | null {
  const [day, month] = [Number(groups['day']), Number(groups['month'])];
  if (/(?:^| )(?:at|by) x/.test(text) && day <= 23) return null; // «в 10.10» is a time
  if (month <= 12 || day > 23) return calendarDate(groups);
  return month > 59 ? unclear : null;
}

/** From one day of a month to another; comes before hours, which look alike. */
export const RANGE_RULES: readonly GrammarRule[] = [
  rule(
    'from (?:the )?[noq](?<first>\\d{1,2}) (?:po|to|until|-) (?:the )?[noq](?<day>\\d{1,2}) (?:of )?mon(?<month>\\d+)',
    (groups) => [
      calendarDate({ month: groups['month'], day: groups['first'], role: 'from' }),
      calendarDate({ month: groups['month'], day: groups['day'], role: 'until' }),
    ],
  ),
];

/** Days of a month and words for days. */
const DAY_RULES: readonly GrammarRule[] = [
  rule(`${ON}(?:(?<rel>next|this) u:month (?:(?:at|on|na) )?(?:the )?)[noq](?<day>\\d{1,2})(?: dayno)?`, monthDay),
  rule(`${ON}[noq](?<day>\\d{1,2}) dayno(?: (?:of )?(?:the )?(?<rel>next|this) u:month)?`, monthDay),
  rule(`${ON}(?:the )?o(?<day>\\d{1,2})(?: of)?(?: (?:the )?(?<rel>next|this) u:month)?`, monthDay),
  rule('(?:on )?(?:the )?[oq](?<day>\\d{1,2}) of (?:the )?u:month', monthDay),
  rule(`(?:on )?the [oq](?<day>\\d{1,2}) of (?:the )?(?<rel>next|this) u:month`, monthDay),
  rule('(?:the )?u:day after tomorrow', () => datePiece({ is: 'ahead', days: 2 })),
  rule(`${ON}today(?: u:dayg)?`, (groups) => datePiece({ is: 'ahead', days: 0 }, groups)),
  rule(`${ON}tomorrow(?: u:dayg)?`, (groups) => datePiece({ is: 'ahead', days: 1 }, groups)),
  rule(`${ON}aftertomorrow`, (groups) => datePiece({ is: 'ahead', days: 2 }, groups)),
  rule('(?<role>until|by|before) (?:the )?end (?:of )?(?:the )?(?:this )?u:(?<unit>week|month|year)', (groups) =>
    datePiece(
      { is: 'periodEnd', unit: groups['unit'] === 'week' || groups['unit'] === 'month' ? groups['unit'] : 'year' },
      groups,
    ),
  ),
  rule('yesterday', () => past),
  rule('(?:(?:at|on|na) )?(?:the )?(?:prev|last) (?:w[dps]\\d|u:(?:week|month|year)|we|pn:\\S+)', () => past),
];

/** Days of the week, alone and told by weeks. */
const WEEK_RULES: readonly GrammarRule[] = [
  rule(`(?:(?:at|on|na) )?(?<week>next|this) u:week (?:(?:at|on|na) )?${WEEKDAY}`, weekday),
  rule(`${ON}${WEEKDAY} (?:(?:at|on|na|of) )?(?:the )?(?<week>next|this) u:week`, weekday),
  rule(`${ON}${WEEKDAY} in (?<later>(?:n\\d+ |a )?(?:n2 )?u:week)`, weekday),
  rule(`in (?<later>(?:n\\d+ |a )?(?:n2 )?u:week) (?:(?:at|on) )?${WEEKDAY}`, (groups) =>
    datePiece({ is: 'weekday', weekday: Number(groups['weekday']), week: weeksOf(groups['later']), later: 0 }),
  ),
  rule(`(?<later>(?:n\\d+ |a )?(?:n2 )?u:week) (?:from|on) (?:next )?${WEEKDAY}`, weekday),
  rule(`${ON}${WEEKDAY} u:week`, () => unclear), // «Friday week», or a week of something
  rule(`${ON}(?:(?<rel>next|this) )?${WEEKDAY}`, weekday),
  rule(`${ON}(?:(?<rel>next|this) )?we(?: u:day)?`, (groups) =>
    datePiece({ is: 'weekend', week: groups['rel'] === undefined ? null : groups['rel'] === 'next' ? 1 : 0 }, groups),
  ),
];

/** A week or a month is no day yet. */
const VAGUE_RULES: readonly GrammarRule[] = [
  rule('(?:(?:at|on|na) )?(?:the )?(?:next|this) u:(?:week|month|year|quarter)', () => ({
    kind: 'question',
    question: 'when',
  })),
];

/** Everything that names one day. */
export const DATE_RULES: readonly GrammarRule[] = [...CALENDAR_RULES, ...DAY_RULES, ...WEEK_RULES, ...VAGUE_RULES];

/** How long a series lasts. */
export const SPAN_RULES: readonly GrammarRule[] = [
  rule(`(?:at |na )?(?:during|for) (?:the )?(?:next )?(?<amount>${AMOUNT})`, ({ amount }) => span(amount)),
  rule(`(?<amount>${AMOUNT}) (?:in (?:a )?)?inarow`, ({ amount }) => span(amount)),
];

function span(text: string | undefined): Piece | null {
  const amount = amountOf(text ?? '');
  if (amount === null || amount.days + amount.months === 0) return null; // «for 30 minutes» is part of the text
  return { kind: 'span', days: amount.days, months: amount.months };
}
