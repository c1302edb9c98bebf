import type { OccurrenceRow, ReminderRow } from '../../db/repositories/reminder-row.ts';
import type { ReminderMessage } from '../../db/repositories/settle-reminder.ts';
import {
  doneNotice,
  openNotice,
  reminderKeyboard,
  skippedNotice,
  snoozedKeyboard,
  snoozedNotice,
} from '../../domain/agenda/reminder-notice.ts';
import type { Keyboard } from '../../domain/shared/keyboard.ts';
import { zoneOf } from './reminder-past.ts';

/** So many of an occurrence's messages are brought up to date; older ones have scrolled away. */
const EDITED_AT_MOST = 5;

/** Makes the messages about an occurrence say what has become of it; the buttons go where nothing is left to press. */
export function editsOf(row: ReminderRow, about: OccurrenceRow, nowMs: number): ReminderMessage[] {
  const seen = { zone: zoneOf(row), nowMs, language: row.language };
  const { html, keyboard } = standing();
  const [newest, ...older] = [...about.messages].reverse().slice(0, EDITED_AT_MOST);
  return [...older.map((edits) => edit(edits)), ...(newest === undefined ? [] : [edit(newest, keyboard)])];

  function standing(): { readonly html: string; readonly keyboard?: Keyboard } {
    const buttons = { reminderId: row.id, key: about.key, language: row.language };
    const { state, doneAtMs, snoozedUntilMs } = about;
    if (state === 'done') return { html: doneNotice(row.text, doneAtMs ?? nowMs, seen) };
    if (state === 'skipped') return { html: skippedNotice(row.text, seen) };
    if (state === 'snoozed' && snoozedUntilMs !== null)
      return { html: snoozedNotice(row.text, snoozedUntilMs, seen), keyboard: snoozedKeyboard(buttons) };
    return { html: openNotice(row.text), keyboard: reminderKeyboard(buttons) };
  }

  function edit(edits: string, own?: Keyboard): ReminderMessage {
    const payload = { kind: 'edit' as const, html, ...(own !== undefined && { keyboard: own }) };
    return { dedupeKey: `${edits}:edit:${row.version}`, edits, payload };
  }
}
