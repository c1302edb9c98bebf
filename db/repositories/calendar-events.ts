import type { SqlEntityManager } from '@mikro-orm/sql';
import type { IcsEvent } from '../../domain/agenda/ics-event.ts';
import type { Recurrence } from '../../domain/agenda/recurrence.ts';
import type { WallTime } from '../../domain/agenda/zoned-time.ts';
import { listGroupEvents, type SeenEvent } from './group-events.ts';

/** More than a calendar program takes. */
const MAX_EVENTS = 5_000;

const uidOf = (id: string): string => `${id}@gifty`;

function recurrenceOf(
  start: WallTime,
  rule: string | null,
  given: Required<Pick<Recurrence, 'exdates' | 'rdates'>>,
): Recurrence {
  const { exdates, rdates } = given;
  return { start, rule, ...(exdates.length > 0 && { exdates }), ...(rdates.length > 0 && { rdates }) };
}

const groupEvent = (event: SeenEvent): IcsEvent => ({
  ...{ uid: uidOf(event.id), summary: event.title, description: event.description, zone: event.zone, isAllDay: false },
  recurrence: recurrenceOf(event.start, event.rule, { exdates: event.exdates, rdates: [] }),
  durationMinutes: event.durationMinutes,
  leadMinutes: event.leadMinutes,
});

/** Events of a group, or of all groups of the person, as a calendar has them. */
export async function groupCalendar(
  em: SqlEntityManager,
  { userId, groupId }: { readonly userId: string; readonly groupId: string | null },
): Promise<IcsEvent[]> {
  const query = { userId, groupId, limit: MAX_EVENTS, after: null, onlyActive: false };
  return (await listGroupEvents(em, query)).map(groupEvent);
}

interface ReminderRow {
  readonly id: string;
  readonly text: string;
  readonly start: WallTime;
  readonly zone: string;
  readonly rule: string | null;
  readonly exdates: readonly WallTime[];
  readonly rdates: readonly WallTime[];
  readonly leadMinutes: readonly number[];
}

/** Everything of a person's that a calendar can show: events of all groups, and own reminders in the zone where he is now. */
export async function personalCalendar(em: SqlEntityManager, userId: string): Promise<IcsEvent[]> {
  const reminders = await em.execute<ReminderRow[]>(
    `select r.id, r.text, r.start, coalesce(r.zone, s.zone) as zone, r.rule, r.exdates, r.rdates, r.lead_minutes as "leadMinutes"
     from reminder r join user_settings s on s.user_id = r.user_id
     where r.user_id = ? and r.state <> 'deleted' order by r.start, r.id limit ?`,
    [userId, MAX_EVENTS],
  );
  const own = reminders.map(({ id, text, start, zone, rule, exdates, rdates, leadMinutes }): IcsEvent => ({
    ...{ uid: uidOf(id), summary: text, description: null, zone, isAllDay: false, durationMinutes: null, leadMinutes },
    recurrence: recurrenceOf(start, rule, { exdates, rdates }),
  }));
  return [...(await groupCalendar(em, { userId, groupId: null })), ...own];
}
