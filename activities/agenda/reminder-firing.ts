import type { OccurrenceRow, ReminderRow } from '../../db/repositories/reminder-row.ts';
import type { ReminderMessage, ReminderSettlement } from '../../db/repositories/settle-reminder.ts';
import { dueMoments, nextMoment } from '../../domain/agenda/reminder-moments.ts';
import { reminderKeyboard, reminderNotice } from '../../domain/agenda/reminder-notice.ts';
import type { DueMoments, DueTelling, OccurrenceRecord, Telling } from '../../domain/agenda/reminder-rules.ts';
import { splitPayload } from '../../domain/shared/split-payload.ts';
import { pastOf, rulesOf, zoneOf } from './reminder-past.ts';

/** What a reminder comes to by itself at this moment: everything due is told or missed, and it is known when to come again. */
export function fireReminder(row: ReminderRow, nowMs: number): ReminderSettlement {
  const due = dueMoments(rulesOf(row), pastOf(row), nowMs);
  // Nobody hears of a lead time: the occurrence itself may still find somebody.
  const heard = due.tell.filter(({ kind }) => row.chat !== null || kind !== 'lead');
  const told = heard.map((telling, place) => ({ telling, message: messageKey(row, telling, place) }));
  return {
    ...settled(row, due.nextAtMs),
    handledToMs: due.past.handledToMs,
    occurrences: occurrencesOf(row, due, told),
    messages:
      row.chat === null ? [] : told.flatMap(({ telling, message }) => noticeOf(row, { telling, message, nowMs })),
  };
}

/** The same reminder, planned anew: nothing is told. */
export function replanReminder(row: ReminderRow, nowMs: number): ReminderSettlement {
  const past = pastOf(row);
  const nextAtMs = row.state === 'active' ? nextMoment(rulesOf(row), past, nowMs) : null;
  return { ...settled(row, nextAtMs), handledToMs: past.handledToMs };
}

/** A settlement in which nothing has happened yet. */
export function settled(row: ReminderRow, nextAtMs: number | null): ReminderSettlement {
  const { id, version, state, handledToMs, chat } = row;
  const goesOn = state !== 'active' || nextAtMs !== null;
  return {
    ...{ id, version, chat, handledToMs, handledZone: zoneOf(row), nextAtMs },
    ...{ state: goesOn ? state : 'done', occurrences: [], messages: [] },
  };
}

interface Told {
  readonly telling: DueTelling;
  /** Dedupe key of its message. */
  readonly message: string;
}

const messageKey = ({ id, occurrences }: ReminderRow, { key }: Telling, place: number): string => {
  const before = occurrences.find((occurrence) => occurrence.key === key)?.messages.length ?? 0;
  return `reminder:${id}:${key}:${before + place + 1}`;
};

function noticeOf(
  { id: reminderId, text, language, ...row }: ReminderRow,
  { telling, message: dedupeKey, nowMs }: Told & { readonly nowMs: number },
): ReminderMessage[] {
  const { key, silent } = telling;
  const keyboard = reminderKeyboard({ reminderId, key, language });
  const html = reminderNotice(text, telling, { zone: zoneOf(row), nowMs, language });
  return splitPayload({ kind: 'text', html, silent, keyboard }).map((payload, part) => ({
    ...{ payload, edits: null },
    dedupeKey: part === 0 ? dedupeKey : `${dedupeKey}:${part + 1}`,
  }));
}

/** Rows of the occurrences that something happened to; who missed a lead time or a nag alone has missed nothing. */
function occurrencesOf(row: ReminderRow, { past, missed }: DueMoments, told: readonly Told[]): OccurrenceRow[] {
  return past.records.flatMap((record) => {
    const before = row.occurrences.find(({ key }) => key === record.key);
    const messages = told.filter(({ telling }) => telling.key === record.key).map(({ message }) => message);
    const gone = missed.filter(({ key }) => key === record.key);
    if (messages.length === 0 && (gone.length === 0 || (before === undefined && !gone.some(isItself)))) return [];
    return [{ ...rowOf(record, before, row.chat === null ? [] : messages), state: stateOf() }];

    function stateOf(): OccurrenceRow['state'] {
      if (messages.length > 0) return row.chat === null ? 'undelivered' : 'sent';
      return gone.some(isItself) ? 'missed' : (before?.state ?? 'missed');
    }
  });
}

const isItself = ({ kind }: Telling): boolean => kind === 'due' || kind === 'snoozed';

function rowOf(
  record: OccurrenceRecord,
  before: OccurrenceRow | undefined,
  messages: readonly string[],
): Omit<OccurrenceRow, 'state'> {
  const { key, atMs, handledMinutes, snoozedUntilMs, nags, lastToldMs } = record;
  return {
    ...{ key, dueAtMs: atMs, handledMinutes, snoozedUntilMs, nags, toldAtMs: lastToldMs },
    messages: [...(before?.messages ?? []), ...messages],
    doneAtMs: before?.doneAtMs ?? null,
  };
}
