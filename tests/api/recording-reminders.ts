import { replanReminder } from '../../activities/agenda/reminder-firing.ts';
import { beginReminder, changeStep, stepReminder } from '../../activities/agenda/reminder-steps.ts';
import type { RemindersDoor } from '../../api/deps.ts';
import type { ReminderRef } from '../../client/reminders.ts';
import type { NewReminder, ReminderChange, ReminderOutcome } from '../../contracts/reminders.ts';
import type { MoveZoneInput } from '../../contracts/zones.ts';
import { writeZone } from '../../db/repositories/zone-followers.ts';
import { RecordingGifts } from './recording-gifts.ts';

/** Does at once what the workflows of reminders have done. */
export class RecordingReminders extends RecordingGifts implements RemindersDoor {
  async createReminder({ reminderId }: ReminderRef, reminder: NewReminder): Promise<void> {
    await this.record(`remind of ${reminder.text}`);
    const nowMs = Date.now();
    await beginReminder(this.em(), { id: reminderId, askedMs: nowMs }, reminder);
    await stepReminder(
      () => this.em(),
      reminderId,
      (row) => replanReminder(row, nowMs),
    );
  }

  async changeReminder(
    { reminderId, userId }: ReminderRef,
    { change }: { readonly change: ReminderChange },
  ): Promise<ReminderOutcome> {
    await this.record(`reminder ${change.kind}`);
    const asked = { userId, change, nowMs: Date.now() };
    const { result } = await changeStep(() => this.em(), reminderId, asked);
    return result.outcome;
  }

  async changeZone({ userId, zone }: MoveZoneInput): Promise<void> {
    await this.record(`zone ${zone}`);
    await writeZone(this.em(), userId, zone);
  }
}
