import type { SqlEntityManager } from '@mikro-orm/sql';
import type { DayItem } from '../../domain/agenda/focus/day-view.ts';
import { nextOccasion } from '../../domain/agenda/people/occasion.ts';
import { nextOccurrences, type Recurrence } from '../../domain/agenda/recurrence.ts';
import type { OccurrenceState } from '../../domain/agenda/reminder.ts';
import { addDays, DAY_MS, instantOf, wallTimeAt, wallTimeOf } from '../../domain/agenda/zoned-time.ts';
import { listGroupEvents } from './group-events.ts';
import { listOccasions } from './occasions.ts';

/** One day of one person. */
export interface Day {
  readonly userId: string;
  /** IANA zone. */
  readonly zone: string;
  /** `YYYY-MM-DD` in it. */
  readonly date: string;
}

interface DayNow extends Day {
  readonly nowMs: number;
}

/** Times of one series that a day shows. */
const MOST_TIMES = 24;
/** Of events and occasions a day looks at so many. */
const MOST_EVENTS = 500;
/** A reminder takes so long of the day. */
const REMINDER_MINUTES = 15;

/** What happens on this day: what is of all day first, then by time. */
export async function itemsOfDay(em: SqlEntityManager, day: DayNow): Promise<DayItem[]> {
  const occasions = await occasionItems(em, day);
  const timed = [...(await reminderItems(em, day)), ...(await eventItems(em, day))];
  return [...occasions, ...timed.toSorted((left, right) => ((left.time ?? '') < (right.time ?? '') ? -1 : 1))];
}

const boundsOf = ({ date, zone }: Day) => ({
  startMs: instantOf(wallTimeAt(date, '00:00'), zone),
  endMs: instantOf(wallTimeAt(addDays(date, 1), '00:00'), zone),
});

async function occasionItems(em: SqlEntityManager, { userId, date }: Day): Promise<DayItem[]> {
  const occasions = await listOccasions(em, { userId, personId: null, limit: MOST_EVENTS, after: null });
  return occasions
    .filter((occasion) => nextOccasion(occasion, date) === date)
    .map(({ id, title, personName }) => ({
      ...({ kind: 'occasion', id, time: null, minutes: 0, state: null } as const),
      title: [title, personName].filter((part) => part !== null).join(' — '),
    }));
}

async function eventItems(em: SqlEntityManager, day: Day): Promise<DayItem[]> {
  const { startMs, endMs } = boundsOf(day);
  const query = { userId: day.userId, groupId: null, limit: MOST_EVENTS, after: null, onlyActive: true };
  return (await listGroupEvents(em, query)).flatMap((event) =>
    timesWithin(event, event.zone, { afterMs: startMs - 1, endMs }).map((atMs) => ({
      ...({
        kind: 'event',
        id: event.id,
        title: event.title,
        minutes: event.durationMinutes ?? 0,
        state: null,
      } as const),
      time: wallTimeOf(atMs, day.zone).slice(11, 16),
    })),
  );
}

interface Within {
  readonly afterMs: number;
  readonly endMs: number;
}

const timesWithin = (recurrence: Recurrence, zone: string, { afterMs, endMs }: Within): number[] =>
  nextOccurrences(recurrence, zone, { afterMs, count: MOST_TIMES })
    .map(({ atMs }) => atMs)
    .filter((atMs) => atMs < endMs);

interface ReminderOfDay extends Recurrence {
  readonly id: string;
  readonly text: string;
  readonly zone: string | null;
}
interface ToldToday {
  readonly id: string;
  readonly text: string;
  readonly state: OccurrenceState;
  readonly atMs: number;
}

/** What was told today and what is still to come. */
async function reminderItems(em: SqlEntityManager, day: DayNow): Promise<DayItem[]> {
  const { userId, zone, nowMs } = day;
  const { startMs, endMs } = boundsOf(day);
  const at = 'coalesce(o.snoozed_until, o.due_at)';
  const told = await em.execute<ToldToday[]>(
    `select reminder.id, text, o.state, (extract(epoch from ${at}) * 1000)::float8 as "atMs"
     from reminder_occurrence as o join reminder on reminder.id = o.reminder_id
     where user_id = ? and reminder.state <> 'deleted' and ${at} >= to_timestamp(?::float8 / 1000)
       and ${at} < to_timestamp(?::float8 / 1000)`,
    [userId, startMs, endMs],
  );
  const active = await em.execute<ReminderOfDay[]>(
    `select id, text, start, rule, exdates, rdates, zone from reminder where user_id = ? and state = 'active'
       and next_at < to_timestamp(?::float8 / 1000)`,
    [userId, endMs + DAY_MS],
  );
  const coming = active.flatMap(({ id, text, zone: own, ...recurrence }) =>
    timesWithin(recurrence, own ?? zone, { afterMs: Math.max(nowMs, startMs - 1), endMs }).map((atMs) => ({
      ...{ id, text, state: null, atMs },
    })),
  );
  const known = new Set(told.map(({ id, atMs }) => `${id} ${atMs}`));
  return [...told, ...coming.filter(({ id, atMs }) => !known.has(`${id} ${atMs}`))].map(
    ({ id, text, state, atMs }) => ({
      ...({ kind: 'reminder', id, title: text, state, minutes: REMINDER_MINUTES } as const),
      time: wallTimeOf(atMs, zone).slice(11, 16),
    }),
  );
}
