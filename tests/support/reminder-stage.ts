import { randomUUID } from 'node:crypto';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { createReminderActivities, type ReminderActivities } from '../../activities/agenda/reminders.ts';
import { createZoneActivities } from '../../activities/agenda/zones.ts';
import { planAgain } from '../../client/agenda.ts';
import { changeReminder, createReminder } from '../../client/reminders.ts';
import { changeZone } from '../../client/zone.ts';
import type { ReminderChange, ReminderOutcome } from '../../contracts/reminders.ts';
import { reminderAt, type ReminderDefinition } from '../../domain/agenda/reminder.ts';
import { wallTimeOf } from '../../domain/agenda/zoned-time.ts';
import { startAgendaStage, type ToldMessage } from './agenda-stage.ts';

export type ReminderStage = Awaited<ReturnType<typeof startReminderStage>>;

/** One reminder of one person in a test. */
export interface Kept {
  readonly reminderId: string;
  readonly userId: string;
}

/** A stage on which reminders are kept in virtual time. */
export async function startReminderStage() {
  const outage = { untilMs: 0 };
  const stage = await startAgendaStage(({ em, wakeSenders }) => ({
    ...interrupted(createReminderActivities({ em, wakeSenders, clock: () => outage.untilMs }), outage),
    ...createZoneActivities({ em, planAgain: async (ids) => await planAgain(stage.client, ids) }),
  }));
  const rows = async <T extends object>(sql: string, params: readonly unknown[]): Promise<T[]> =>
    await stage.em().execute<T[]>(sql, [...params]);
  return {
    ...stage,
    async remind(
      userId: string,
      given: Pick<ReminderDefinition, 'start'> & Partial<ReminderDefinition>,
    ): Promise<Kept> {
      const kept = { reminderId: randomUUID(), userId };
      await createReminder(stage.client, kept, { ...reminderAt({ text: 'stretch', ...given }), userId });
      return kept;
    },
    change: async (kept: Kept, change: ReminderChange, requestId: string = randomUUID()): Promise<ReminderOutcome> =>
      await changeReminder(stage.client, kept, { change, requestId }),
    moveTo: async (userId: string, zone: string): Promise<void> => {
      await changeZone(stage.client, { userId, zone });
    },
    /** Nobody does what is to be done before then: it is done at that moment. */
    async interruptedUntil(untilMs: number): Promise<void> {
      outage.untilMs = untilMs;
      await stage.passTo(untilMs);
    },
    /** Messages of a reminder that are no edits. */
    async messages({ userId, reminderId }: Kept): Promise<ToldMessage[]> {
      const told = await stage.told(userId);
      return told.filter(({ key, edits }) => key.startsWith(`reminder:${reminderId}:`) && edits === null);
    },
    /** State of each occurrence by its key. */
    async occurrences({ reminderId }: Kept): Promise<Record<string, string>> {
      const found = await rows<{ key: string; state: string }>(
        'select key, state from reminder_occurrence where reminder_id = ? order by due_at',
        [reminderId],
      );
      return Object.fromEntries(found.map(({ key, state }) => [key, state]));
    },
    /** When each occurrence was told last, as a clock in `zone` shows it. */
    async toldAt({ reminderId }: Kept, zone: string): Promise<string[]> {
      const found = await rows<{ ms: number }>(
        `select (extract(epoch from told_at) * 1000)::float8 as ms from reminder_occurrence
         where reminder_id = ? and told_at is not null order by told_at`,
        [reminderId],
      );
      return found.map(({ ms }) => wallTimeOf(ms, zone).slice(0, 16));
    },
    /** `YYYY-MM-DDTHH:MM:SS` in so many days, at this time of day. */
    async wall(days: number, time: string, zone = 'Europe/Berlin'): Promise<string> {
      const day = wallTimeOf((await stage.now()) + days * 86_400_000, zone).slice(0, 10);
      return `${day}T${time}:00`;
    },
  };
}

/** The activities of a worker that is down until a moment: what was to be done before waits for it. */
function interrupted(activities: ReminderActivities, outage: { readonly untilMs: number }): ReminderActivities {
  const upFrom = (nowMs: number): void => {
    const leftMs = outage.untilMs - nowMs;
    if (leftMs <= 0 || Context.current().info.attempt > 1) return;
    throw ApplicationFailure.create({ message: 'the worker is down', nextRetryDelay: leftMs });
  };
  return {
    ...activities,
    async fireReminder(input) {
      upFrom(input.nowMs);
      return await activities.fireReminder(input);
    },
  };
}

/** The key of an occurrence. */
export const keyOf = (wall: string): string => wall.slice(0, 16).replaceAll(/[-:]/g, '');
