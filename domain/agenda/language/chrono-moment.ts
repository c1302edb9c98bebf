import { en, ru, type ParsedResult } from 'chrono-node';
import { offsetMinutesOf, wallTimeOf } from '../zoned-time.ts';
import type { AssembledOrQuestion, Saying } from './assemble.ts';
import { isPast } from './calendar.ts';

/** What chrono-node found in a phrase in which our grammar found nothing. */
export interface ChronoMoment {
  readonly text: string;
  readonly assembled: AssembledOrQuestion;
}

/**
 * One full calendar date that only chrono-node knows the writing of, with its time or 9:00. What it merely implies is not
 * taken, and neither is anything but a single date. null = nothing certain.
 */
export function chronoMoment(phrase: string, { nowMs, zone }: Saying): ChronoMoment | null {
  const reference = { instant: new Date(nowMs), timezone: offsetMinutesOf(nowMs, zone) };
  const parser = /\p{Script=Cyrillic}/u.test(phrase) ? ru.strict : en.strict;
  const [found, ...others] = parser.parse(phrase, reference, { forwardDate: true });
  if (
    found === undefined ||
    !/\d/.test(found.text) ||
    others.length > 0 ||
    ('end' in found && Boolean(found.end)) ||
    !isCertain(found)
  )
    return null;
  const start = wallOf(found);
  const text = [phrase.slice(0, found.index), phrase.slice(found.index + found.text.length)].map((part) => part.trim());
  const left = text.filter((part) => part !== '').join(' ');
  const isTimeSaid = found.start.isCertain('hour');
  const assembled: AssembledOrQuestion = isPast(start, wallTimeOf(nowMs, zone))
    ? { question: 'past' }
    : { start, rule: null, timeIsGuessed: !isTimeSaid };
  return { text: left, assembled };
}

const isCertain = ({ start }: ParsedResult): boolean =>
  (['year', 'month', 'day'] as const).every((part) => start.isCertain(part));

function wallOf({ start }: ParsedResult): string {
  const part = (name: 'year' | 'month' | 'day' | 'hour' | 'minute'): string =>
    String(start.get(name) ?? 0).padStart(name === 'year' ? 4 : 2, '0');
  const clock = start.isCertain('hour') ? `${part('hour')}:${part('minute')}` : '09:00';
  return `${part('year')}-${part('month')}-${part('day')}T${clock}:00`;
}
