import type { Amount, PartOfDay, Role, SaidTime, Unit, Weekday } from './pieces.ts';

/** What may stand before a date: its role, a preposition, an article. */
export const ON =
  '(?:(?<role>(?:start )?from|start(?: on| at| from| with)?|until(?: po)?|(?<=# )to|by|before|after|po) )?(?:(?:at|on|na|for) )?(?:the )?(?:(?:this )?near )?';
/** What may stand before a time. */
export const AT =
  '(?:(?<role>until|before|after|from|start(?: from| at)?|za) )?(?:around )?(?:(?:at|by|na|for) )?(?:around )?';
/** The same where a preposition is needed to tell a time from a number. */
export const AT_NEEDED = '(?:u:hour )?(?:(?:around )?(?:at|by) (?:around )?|around )';
/** A part of the day after an hour: am, «вечера», in the morning. */
export const HALF_OF_DAY =
  '(?:(?<half>am|pm)|(?:(?:in|at) )?(?:the )?p[agn]:(?<part>[mden])\\d+|(?<dayg>u:dayg))(?: sharp)?';
/** Several weekdays. */
export const WEEKDAY_LIST = 'w[dps]\\d(?:(?: ,)?(?: and)?(?: (?:at|on|po|every))?(?: the)? w[dps]\\d)+';
/** One or more days of the month. */
export const MONTH_DAYS = '[noq]\\d{1,2}(?: dayno)?(?:(?: ,)?(?: and)?(?: (?:at|on|po))?(?: the)? [noq]\\d{1,2})*';
/** A length of time, e.g. «2 hours and 15 minutes», «an hour and a half». */
export const AMOUNT = amountPattern();

function amountPattern(): string {
  const half = '(?:from|and) (?:a )?half';
  const first = `(?:a )?(?:[nx][\\d.]+ )?(?:of )?(?:${half} )?(?:half )?(?:of )?(?:a )?u:\\w+(?: ${half})?`;
  return `${first}(?:(?: ,)?(?: and)? n[\\d.]+ u:\\w+)*`;
}

/** Reads a role as it was said before a date. */
export function roleOf(said: string | undefined): Role {
  if (said === undefined) return 'on';
  if (said.startsWith('from') || said.startsWith('start')) return 'from';
  if (said.startsWith('until') || said === 'po' || said === 'to') return 'until';
  return 'deadline';
}

/** Weekdays in a stretch of symbols, each once, in order. */
export const weekdaysIn = (text: string): Weekday[] =>
  [...new Set([...text.matchAll(/w[dps](\d)/g)].map(([, day]) => Number(day)))].sort((a, b) => a - b);

/** Numbers in a stretch of symbols. */
export const numbersIn = (text: string): number[] =>
  [...new Set([...text.matchAll(/[noq](\d{1,2})(?!\d)/g)].map(([, day]) => Number(day)))].sort((a, b) => a - b);

const UNITS: Readonly<Record<string, { readonly unit: Unit; readonly by: number }>> = {
  min: { unit: 'minute', by: 1 },
  hour: { unit: 'hour', by: 1 },
  day: { unit: 'day', by: 1 },
  dayg: { unit: 'day', by: 1 },
  diem: { unit: 'day', by: 1 },
  week: { unit: 'week', by: 1 },
  month: { unit: 'month', by: 1 },
  quarter: { unit: 'month', by: 3 },
  year: { unit: 'year', by: 1 },
};

/** A unit's symbol without `u:` as a step of repetition; null = seconds. */
export const unitOf = (symbol: string): { readonly unit: Unit; readonly by: number } | null => UNITS[symbol] ?? null;

const LENGTHS: Readonly<Record<string, Amount>> = {
  sec: { seconds: 1, days: 0, months: 0 },
  min: { seconds: 60, days: 0, months: 0 },
  hour: { seconds: 3600, days: 0, months: 0 },
  day: { seconds: 0, days: 1, months: 0 },
  dayg: { seconds: 0, days: 1, months: 0 },
  diem: { seconds: 0, days: 1, months: 0 },
  week: { seconds: 0, days: 7, months: 0 },
  month: { seconds: 0, days: 0, months: 1 },
  quarter: { seconds: 0, days: 0, months: 3 },
  year: { seconds: 0, days: 0, months: 12 },
};

/** Adds a length up; half a day is 12 hours, half a month nothing that a calendar knows: null. */
export function amountOf(text: string): Amount | null {
  let [seconds, days, months] = [0, 0, 0];
  let number: number | null = null;
  let last: Amount | undefined;
  const add = (length: Amount | undefined, times: number): void => {
    const wholeDays = Math.floor((length?.days ?? 0) * times);
    seconds += (length?.seconds ?? 0) * times + ((length?.days ?? 0) * times - wholeDays) * 86_400;
    days += wholeDays;
    months += (length?.months ?? 0) * times;
  };
  const symbols = text.split(' ');
  for (const [index, symbol] of symbols.entries()) {
    const rest = symbols.slice(index + 1).join(' ');
    if (/^[nx]\d/.test(symbol)) number = Number(symbol.slice(1));
    else if (symbol === 'half' && /^(?:of )?(?:a )?u:/.test(rest)) number = (number ?? 0) + 0.5;
    else if (symbol === 'half') add(last, 0.5);
    else if (symbol.startsWith('u:')) {
      last = LENGTHS[symbol.slice(2)];
      add(last, number ?? 1);
      number = null;
    }
  }
  return Number.isInteger(months) ? { seconds: Math.round(seconds), days, months } : null;
}

const PARTS = ['m', 'd', 'e', 'n'] as const;

/** A letter as part of the day. */
export const partOf = (letter: string | undefined): PartOfDay | null => PARTS.find((part) => part === letter) ?? null;

/** A time from the groups of a pattern with HALF_OF_DAY. */
export function saidTime(hour: string | undefined, minute: string | undefined, groups: HalfGroups): SaidTime {
  const half = groups.half === 'am' || groups.half === 'pm' ? groups.half : null;
  const part = half ?? (groups.dayg === undefined ? partOf(groups.part) : 'd');
  const isBare = minute === undefined && !(hour ?? '').startsWith('0');
  return {
    hour: Number(hour),
    minute: Number(minute ?? 0),
    part,
    isVague: part === null && isBare && Number(hour) <= 7,
  };
}

interface HalfGroups {
  readonly half?: string | undefined;
  readonly part?: string | undefined;
  readonly dayg?: string | undefined;
}
