import type { Piece, SaidTime } from './pieces.ts';
import { AMOUNT, amountOf, AT, AT_NEEDED, HALF_OF_DAY, partOf, roleOf, saidTime } from './patterns.ts';
import { rule, type GrammarRule, type Groups } from './scan.ts';

const unclear: Piece = { kind: 'question', question: 'unclear' };
const noSuchTime: Piece = { kind: 'question', question: 'no-such-time' };

/** A time as a piece; with a role such as «until» it says no moment to remind at. */
function timePiece(time: SaidTime, role: string | undefined): Piece {
  const meant = roleOf(role);
  if (time.hour > 23 || time.minute > 59) return noSuchTime;
  if ((time.part === 'am' || time.part === 'pm') && (time.hour > 12 || time.hour === 0)) return noSuchTime;
  return { kind: 'time', role: meant, ...time };
}

const clock =
  (hour = 'h', minute = 'm') =>
  (groups: Groups): Piece =>
    timePiece(saidTime(groups[hour], groups[minute], halfOf(groups)), groups['role']);

const halfOf = (groups: Groups) => ({ half: groups['half'], part: groups['part'], dayg: groups['dayg'] });

/** A time on a clock of twelve hours told from the hour that comes: half past, quarter to. */
function around(hour: number, minutes: number, groups: Groups): Piece {
  const total = (hour * 60 + minutes + 720) % 720;
  const said = saidTime(String(Math.floor(total / 60) || 12), String(total % 60), halfOf(groups));
  return timePiece({ ...said, isVague: said.part === null }, groups['role']);
}

const side = (name: string): string =>
  `(?:n(?<${name}h>\\d{1,2})|t(?<${name}t>\\d+:\\d+))(?: (?:u:hour|oclock))?(?: (?:(?<${name}half>am|pm)|(?:in )?(?:the )?p[agn]:(?<${name}part>[mden])\\d+|(?<${name}dayg>u:dayg)))?`;

function sideOf(groups: Groups, name: 'a' | 'b'): SaidTime {
  const [hour, minute] = groups[`${name}t`]?.split(':') ?? [groups[`${name}h`]];
  const time = saidTime(hour, minute, {
    half: groups[`${name}half`],
    part: groups[`${name}part`],
    dayg: groups[`${name}dayg`],
  });
  return time;
}

function windowPiece(from: SaidTime, to: SaidTime): Piece {
  if (Math.max(from.hour, to.hour) > 24 || Math.max(from.minute, to.minute) > 59) return noSuchTime;
  const isSameHalf = from.part === null && to.part !== null && from.hour < 12 && from.hour % 12 <= to.hour % 12;
  return { kind: 'window', from: isSameHalf ? { ...from, part: to.part, isVague: false } : from, to }; // «from 3 to 4pm»
}

/** From an hour to an hour; comes first, since its parts look like times. */
export const WINDOW_RULES: readonly GrammarRule[] = [
  rule(`(?:from|between) (?:the )?${side('a')} (?:to|until|and|-|po) (?:at )?${side('b')}`, (groups) =>
    windowPiece(sideOf(groups, 'a'), sideOf(groups, 'b')),
  ),
  rule(`(?:at )?t(?<at>\\d+:\\d+) - t(?<bt>\\d+:\\d+)`, (groups) =>
    windowPiece(sideOf(groups, 'a'), sideOf(groups, 'b')),
  ),
  rule(`(?:at )?${side('a')} (?:-|to) ${side('b')}`, (groups) =>
    (groups['bhalf'] ?? groups['bpart']) === undefined ? null : windowPiece(sideOf(groups, 'a'), sideOf(groups, 'b')),
  ),
  rule(`(?:from|between) y(?<ah>\\d+)-(?<bh>\\d+)`, (groups) => windowPiece(sideOf(groups, 'a'), sideOf(groups, 'b'))),
];

/** Lengths of time from now on. */
export const OFFSET_RULES: readonly GrammarRule[] = [
  rule('in (?:n\\d+ |a )?u:\\w+ (?:and )?n\\d+(?! (?:u:|mon))', () => unclear), // «через час двадцать», or twenty of something
  rule('in u:day', () => unclear), // «через день» is the day after tomorrow, and every other day
  rule(`(?:after|in) (?<amount>${AMOUNT})(?: from now| later)?`, ({ amount }) => offset(amount)),
  rule(`later (?<amount>${AMOUNT})`, ({ amount }) => offset(amount)),
  rule(`(?<amount>${AMOUNT}) (?:from now|later)`, ({ amount }) => offset(amount)),
  rule('(?<unit>u:\\w+) in (?<number>n[\\d.]+)', ({ unit, number }) => offset(`${number} ${unit}`)),
  rule(`(?:${AMOUNT}) ago`, () => ({ kind: 'question', question: 'past' })),
  rule('in few u:\\w+|in a few u:\\w+', () => unclear),
];

function offset(text: string | undefined): Piece {
  const amount = amountOf(text ?? '');
  return amount === null ? unclear : { kind: 'offset', amount };
}

/** Times that a whole form shows, then bare hours after a preposition. */
export const TIME_RULES: readonly GrammarRule[] = [
  rule(`${AT}(?:the )?(?:(?:n12 )?noon|n12 u:dayg)`, ({ role }) => timePiece(exactly(12, 0), role)),
  rule(`${AT}(?:the )?(?:midnight|n12 (?:u:hour )?pg:n\\d+|(?:n12|t12:00) am)`, ({ role }) =>
    timePiece({ ...exactly(0, 0), part: 'n' }, role),
  ),
  rule('(?:at |na )?(?:the )?(?:it )?same clock', () => ({ kind: 'sameTime' })),
  rule('after lunch', () => ({ kind: 'part', part: 'd', hour: 14 })),
  rule('(?:at|by|na) lunch', () => ({ kind: 'part', part: 'd', hour: 13 })),
  ...wordTimes(),
  rule(`${AT}t(?<h>\\d+):(?<m>\\d+)(?: u:hour)?(?: ${HALF_OF_DAY})?(?: sharp)?`, clock()),
  rule(`${AT}n(?<h>\\d{1,2}) u:hour(?: and)? n(?<m>\\d{1,2})(?: u:min)?(?: ${HALF_OF_DAY})?`, clock()),
  rule(`${AT}[xy](?<h>\\d{1,2})[.-](?<m>\\d\\d) ${HALF_OF_DAY}`, clock()),
  rule(`${AT}n(?<h>\\d{1,2}) n(?<m>[0-5]\\d) ${HALF_OF_DAY}`, clock()),
  rule(`${AT}x(?<h>\\d{1,2})\\.(?<m>1[3-9]|[2-5]\\d)`, clock()),
  rule(`${AT}n(?<h>\\d{1,2})(?: (?:u:hour|oclock))? ${HALF_OF_DAY}`, clock()),
  rule(`${AT_NEEDED}u:hour ${HALF_OF_DAY}`, (groups) => timePiece(saidTime('1', undefined, halfOf(groups)), undefined)),
  rule(`(?:at|by) u:hour`, () => ({ kind: 'time', role: 'on', hour: 1, minute: 0, part: null, isVague: true })),
  rule(`${AT_NEEDED}[xy](?<h>\\d{1,2})[.-](?<m>\\d\\d)`, (groups) =>
    Number(groups['h']) > 24 ? null : clock()(groups),
  ),
  rule(`${AT_NEEDED}n(?<h>\\d{1,2}) u:hour(?: sharp)?`, clock()),
  rule('(?<=# |^ )y(?<h>\\d{1,2})-(?<m>00|30)', clock()),
  rule(`${AT}n(?<h>\\d{1,2}) oclock(?: sharp)?`, clock()),
  rule(`${AT_NEEDED}n(?<h>\\d{1,2}) n(?:0 n)?(?<m>[0-5]?\\d)(?! u:)`, (groups, text) =>
    /n(?:\d\d|0 n\d)$/.test(text) ? clock()(groups) : null,
  ),
  rule('(?:at|by) n\\d{1,2}(?: , n\\d{1,2})* and n\\d{1,2}(?! (?:u:|mon|times|dayno))', (_groups, text) =>
    [...text.matchAll(/n(\d+)/g)].map(([, hour]) => timePiece(saidTime(hour, undefined, {}), undefined)),
  ),
  rule(`(?:at|by) n(?<h>\\d\\d)(?<m>\\d\\d)`, clock()),
  rule(`n(?<h>0\\d)(?<m>[0-5]\\d)`, clock()),
  rule(`${AT_NEEDED}n(?<h>\\d{1,2})(?: sharp)?(?! (?:u:|mon|times|of|or ))`, clock()),
];

const exactly = (hour: number, minute: number): SaidTime => ({ hour, minute, part: null, isVague: false });

function wordTimes(): GrammarRule[] {
  const tail = `(?: (?:u:hour|oclock))?(?: ${HALF_OF_DAY})?`;
  const minutes = (groups: Groups): number => (groups['quarter'] === undefined ? Number(groups['min']) : 15);
  const before = (groups: Groups): Piece => around(Number(groups['h']), -minutes(groups), groups);
  const after = (groups: Groups): Piece => around(Number(groups['h']), minutes(groups), groups);
  const some = '(?:a )?(?:(?<quarter>quarter)|n(?<min>\\d{1,2})(?: u:min)?)';
  return [
    rule(`${AT}halfto(?<h>\\d+)${tail}`, (groups) => around(Number(groups['h']), -30, groups)),
    rule(`${AT}(?:pol|half) q(?<h>\\d+)${tail}`, (groups) => around(Number(groups['h']), -30, groups)),
    rule(`${AT}half (?:past )?n(?<h>\\d+)${tail}`, (groups) => around(Number(groups['h']), 30, groups)),
    rule(`${AT}less ${some} n(?<h>\\d+)${tail}`, before),
    rule(`${AT}less ${some} u:hour${tail}`, (groups) => around(1, -minutes(groups), groups)),
    rule(`${AT}(?:a )?(?:(?<quarter>quarter)|n(?<min>\\d{1,2}) u:min) q(?<h>\\d+)${tail}`, (groups) =>
      around(Number(groups['h']) - 1, minutes(groups), groups),
    ),
    rule(`${AT}${some} past n(?<h>\\d+)${tail}`, after),
    rule(`${AT}(?:a )?(?:(?<quarter>quarter)|n(?<min>\\d{1,2}) u:min) to n(?<h>\\d+)${tail}`, before),
    rule(`${AT_NEEDED}n(?<min>5|10|20|25) to n(?<h>\\d+)${tail}`, before),
  ];
}

/** Parts of the day that stand without an hour; `#` before them is a date. */
export const PART_RULES: readonly GrammarRule[] = [
  rule('tonight', () => [today, { kind: 'part', part: 'n', hour: 20 }]),
  rule('this p[an]:(?<part>[mden])(?<hour>\\d+)', (groups) => [today, partPiece(groups)].flat()),
  rule('(?:at|in|on|by|na|from|po) (?:the )?p[nagp]:(?<part>[mden])(?<hour>\\d+)', partPiece),
  rule('(?<!good )p[ap]:(?<part>[mden])(?<hour>\\d+)', partPiece),
  rule('(?<=# )p[ng]:(?<part>[mden])(?<hour>\\d+)', partPiece),
];

const today: Piece = { kind: 'date', spec: { is: 'ahead', days: 0 }, role: 'on', every: false };

function partPiece({ part, hour }: Groups): Piece[] {
  return [{ kind: 'part', part: partOf(part) ?? 'm', hour: Number(hour) }];
}
