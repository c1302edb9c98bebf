/** One number of a text, still in its parts: how they read depends on the currency. */
export interface NumberToken {
  /** Offsets into the normalised text; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** Digit groups; the first is '' where the number starts with its decimal mark. */
  readonly groups: readonly string[];
  /** What stands between the groups: '.', ',', "'", ' ', or '¤' for a currency sign used as decimal mark. */
  readonly marks: readonly string[];
  readonly percent: boolean;
}

/** How a decimal mark is told from a grouping one. */
export interface NumberReading {
  /** The decimal mark when it is known, else null. */
  readonly decimalMark: string | null;
  /** Whether "1.234" has thousandths, as in currencies with three minor digits. */
  readonly thousandths: boolean;
}

interface Join {
  readonly mark: string;
  readonly digits: string;
  readonly end: number;
}

interface Draft {
  readonly groups: string[];
  readonly marks: string[];
}

/** No amount has more groups; the bound keeps hostile text linear. */
const MOST_GROUPS = 12;
const DIGITS = /\d+/y;
const CURRENCY_SIGN = /\p{Sc}/u;
const QUANTITY_UNIT = /^ ?(?:шт|pcs|pieces|stk|stück|уп|%|\p{Sc})/iu;

function digitsAt(text: string, at: number): string {
  DIGITS.lastIndex = at;
  return DIGITS.exec(text)?.[0] ?? '';
}

function skipSpaces(text: string, at: number): number {
  let next = at;
  while (text[next] === ' ') next += 1;
  return next;
}

/** "1.234": the mark is followed by a digit; an apostrophe groups by three only. */
function joinByMark(text: string, at: number): Join | null {
  const mark = text[at] ?? '';
  if (!".,'".includes(mark) || mark === '') return null;
  const digits = digitsAt(text, at + 1);
  if (digits === '' || (mark === "'" && digits.length !== 3)) return null;
  return { mark, digits, end: at + 1 + digits.length };
}

/** "1.837, 32": a mark, a space and exactly two digits that end the number. */
function joinLooseCents(text: string, at: number, draft: Draft): Join | null {
  const mark = text[at] ?? '';
  if ((mark !== '.' && mark !== ',') || text[at + 1] !== ' ' || draft.marks.includes(mark)) return null;
  return centsAt(text, at + 2, mark);
}

function centsAt(text: string, at: number, mark: string): Join | null {
  const digits = digitsAt(text, at);
  const end = at + digits.length;
  const goesOn = '.,'.includes(text[end] ?? ' ') && digitsAt(text, skipSpaces(text, end + 1)) !== '';
  return digits.length === 2 && !goesOn ? { mark, digits, end } : null;
}

/** "1 234 567": one or two spaces and exactly three digits, after groups of the same kind. */
function joinBySpace(text: string, at: number, draft: Draft): Join | null {
  const first = draft.groups[0] ?? '';
  const grouped =
    first.length >= 1 && first.length <= 3 && !first.startsWith('0') && draft.marks.every((m) => m === ' ');
  const start = skipSpaces(text, at);
  if (!grouped || start === at || start - at > 2) return null;
  const digits = digitsAt(text, start);
  return digits.length === 3 ? { mark: ' ', digits, end: start + 3 } : null;
}

/** "35€ 99": a currency sign as decimal mark. */
function joinByCurrencySign(text: string, at: number, draft: Draft): Join | null {
  if (!CURRENCY_SIGN.test(text[at] ?? '') || draft.marks.some((m) => m !== ' ')) return null;
  const start = text[at + 1] === ' ' ? at + 2 : at + 1;
  const join = centsAt(text, start, '¤');
  return join === null || QUANTITY_UNIT.test(text.slice(join.end, join.end + 8)) ? null : join;
}

function joinByGivenMark(text: string, at: number, mark: string | null): Join | null {
  if (mark === null || text[at] !== mark) return null;
  const start = skipSpaces(text, at + 1);
  const digits = digitsAt(text, start);
  return digits === '' ? null : { mark, digits, end: start + digits.length };
}

function nextJoin(text: string, at: number, draft: Draft & { decimalMark: string | null }): Join | null {
  return (
    joinByMark(text, at) ??
    joinByGivenMark(text, at, draft.decimalMark) ??
    joinLooseCents(text, at, draft) ??
    joinBySpace(text, at, draft) ??
    joinByCurrencySign(text, at, draft)
  );
}

function readNumber(text: string, at: number, decimalMark: string | null): NumberToken {
  const digits = digitsAt(text, at);
  const before = text[at - 1] ?? '';
  // ".75" is a decimal, the dot of "Rs.75" belongs to the word.
  const bare = (before === '.' || before === ',') && !/[\p{L}\p{N}]/u.test(text[at - 2] ?? ' ');
  const groups = bare ? ['', digits] : [digits];
  const marks = bare ? [before] : [];
  let end = at + digits.length;
  while (groups.length < MOST_GROUPS) {
    const join = nextJoin(text, end, { groups, marks, decimalMark });
    if (join === null) break;
    groups.push(join.digits);
    marks.push(join.mark);
    end = join.end;
  }
  return { start: bare ? at - 1 : at, end, groups, marks, percent: text[skipSpaces(text, end)] === '%' };
}

/** All numbers of a normalised text, in order; linear in its length. */
export function scanNumbers(text: string, decimalMark: string | null): NumberToken[] {
  const tokens: NumberToken[] = [];
  let at = 0;
  while (at < text.length) {
    if (digitsAt(text, at) === '') {
      at += 1;
      continue;
    }
    const token = readNumber(text, at, decimalMark);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

/** Digits before and after the point as a plain decimal without needless zeros. */
export function plainDecimal(integer: string, fraction: string): string {
  const whole = integer.replace(/^0+/, '');
  const part = trimZeros(fraction);
  return (whole === '' ? '0' : whole) + (part === '' ? '' : `.${part}`);
}

function trimZeros(fraction: string): string {
  let end = fraction.length;
  while (fraction[end - 1] === '0') end -= 1;
  return fraction.slice(0, end);
}

/** One kind of mark, several times: grouping by thousands, Indian grouping, or neither (a date, a version). */
function readRepeated(groups: readonly string[]): string | null {
  const last = groups.at(-1) ?? '';
  const inner = groups.slice(1, -1);
  const thousands = inner.every((group) => group.length === 3);
  if (thousands && last.length < 3) return plainDecimal(groups.slice(0, -1).join(''), last);
  const indian = inner.every((group) => group.length === 2);
  return (thousands || indian) && last.length === 3 ? plainDecimal(groups.join(''), '') : null;
}

/** One mark: three digits after it are thousands, unless what stands before cannot be a group. */
function readSingle(groups: readonly string[], dotThousandths: boolean): string {
  const [integer = '', fraction = ''] = groups;
  const canGroup = /^[1-9]\d{0,2}$/.test(integer);
  return fraction.length === 3 && canGroup && !dotThousandths
    ? plainDecimal(integer + fraction, '')
    : plainDecimal(integer, fraction);
}

function readPlain(token: NumberToken, thousandths: boolean): string | null {
  const { groups, marks } = token;
  const last = marks.at(-1) ?? ' ';
  if (last === ' ' || last === "'") return plainDecimal(groups.join(''), '');
  const times = marks.filter((mark) => mark === last).length;
  if (times < marks.length) return times === 1 ? plainDecimal(groups.slice(0, -1).join(''), groups.at(-1) ?? '') : null;
  return times === 1 ? readSingle(groups, thousandths && last === '.') : readRepeated(groups);
}

/**
 * The value of a number as a plain decimal ("1234.5"), or null when it cannot be an amount (a date, a version).
 * "34.000" and "34,000" are thousands unless the reading says otherwise; "0.850" and "1234.567" cannot be grouped.
 */
export function readAmount(token: NumberToken, reading: NumberReading): string | null {
  const { groups, marks } = token;
  const at = reading.decimalMark === null ? -1 : marks.indexOf(reading.decimalMark);
  if (reading.decimalMark === null) return readPlain(token, reading.thousandths);
  // The given mark is absent: groups of three are thousands for sure, anything else reads by itself.
  if (at === -1) return groups.at(-1)?.length === 3 ? plainDecimal(groups.join(''), '') : readPlain(token, false);
  if (marks.lastIndexOf(reading.decimalMark) !== at) return readPlain(token, false);
  return plainDecimal(groups.slice(0, at + 1).join(''), groups.slice(at + 1).join(''));
}
