import type { OccurrenceRow, ReminderRow } from '../../db/repositories/reminder-row.ts';
import { wallOfKey } from '../../domain/agenda/occurrence-key.ts';
import type { OccurrenceRecord, ReminderPast, ReminderRules } from '../../domain/agenda/reminder-rules.ts';
import { parseRule } from '../../domain/agenda/rule-parts.ts';
import { instantOf, wallTimeOf } from '../../domain/agenda/zoned-time.ts';

/** IANA zone in which a reminder is kept now. */
export const zoneOf = ({ zone, userZone }: Pick<ReminderRow, 'zone' | 'userZone'>): string => zone ?? userZone;

/** What decides when a reminder is told, as its row says. */
export const rulesOf = (row: ReminderRow): ReminderRules => ({
  recurrence: { start: row.start, rule: row.rule, exdates: row.exdates, rdates: row.rdates },
  zone: zoneOf(row),
  leadMinutes: row.leadMinutes,
  misfire: row.misfire,
  quietMode: row.quiet,
  quietHours: row.quietFrom === null || row.quietTo === null ? null : { from: row.quietFrom, to: row.quietTo },
  nag: row.nag,
});

/**
 * What is done with already, in the zone in which the reminder is kept now. Who moves has had the times that his clock has shown:
 * what is settled is settled as wall time, so that nothing comes twice further west and nothing is lost further east. What comes
 * several times a day goes on by the clock of the new place.
 */
export function pastOf(row: ReminderRow): ReminderPast {
  const zone = zoneOf(row);
  const moves = zone !== row.handledZone && !isSeveralADay(row.rule);
  return {
    handledToMs: moves ? instantOf(wallTimeOf(row.handledToMs, row.handledZone), zone) : row.handledToMs,
    records: row.occurrences
      .filter((occurrence) => isOf(row, occurrence))
      .map((occurrence) => recordOf(occurrence, zone)),
  };
}

const CLOSED: readonly OccurrenceRow['state'][] = ['done', 'skipped', 'missed', 'undelivered'];

/** As the rule of the moments sees an occurrence. */
export const recordOf = (occurrence: OccurrenceRow, zone: string): OccurrenceRecord => ({
  key: occurrence.key,
  atMs: dueIn(zone, occurrence),
  handledMinutes: occurrence.handledMinutes,
  closed: CLOSED.includes(occurrence.state),
  snoozedUntilMs: occurrence.snoozedUntilMs,
  nags: occurrence.nags,
  lastToldMs: occurrence.toldAtMs,
});

/** A key of the second time in an hour that comes twice names no single wall time. */
const dueIn = (zone: string, { key, dueAtMs }: OccurrenceRow): number =>
  key.includes('R') ? dueAtMs : instantOf(wallOfKey(key), zone);

/** Whether an occurrence is one of the series as it runs now: several a day, told in another zone, come again in this one. */
function isOf(row: ReminderRow, occurrence: OccurrenceRow): boolean {
  if (occurrence.state === 'snoozed' || !isSeveralADay(row.rule)) return true;
  return dueIn(zoneOf(row), occurrence) === occurrence.dueAtMs;
}

function isSeveralADay(rule: string | null): boolean {
  if (rule === null) return false;
  const { frequency, hours, minutes } = parseRule(rule);
  return SUB_DAILY.includes(frequency) || Math.max(1, hours.length) * Math.max(1, minutes.length) > 1;
}

const SUB_DAILY: readonly string[] = ['HOURLY', 'MINUTELY', 'SECONDLY'];
