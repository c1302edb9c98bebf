import { createHash } from 'node:crypto';
import { z } from 'zod';
import { readSettings } from '../../db/repositories/user-settings.ts';
import type { BadEvent } from '../../domain/agenda/ics-reader.ts';
import { importedEvent, importedReminder, readImport } from '../../domain/agenda/ics-import.ts';
import type { IcsEvent } from '../../domain/agenda/ics-event.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import type { ApiDeps } from '../deps.ts';
import { groupFor } from '../group-access.ts';
import { OUTAGES } from '../problems.ts';
import type { Route } from '../route.ts';
import { ImportedOut } from '../schemas/calendars.ts';
import { Id } from '../schemas/paging.ts';
import { userRoute } from '../user-route.ts';

/** So many at a time: each is a promise of its own. */
const AT_ONCE = 10;

/** Takes a calendar file in. */
export const calendarImportRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'post',
    path: '/api/calendar',
    operationId: 'importCalendar',
    tag: 'Calendar',
    summary:
      'Take a calendar file in, under 10 MB: as reminders of your own, or as events of a group. Good events come in, bad ones are listed; the same file again adds nothing twice',
    status: 200,
    scope: 'agenda',
    takes: 'text/calendar',
    query: z.strictObject({
      group: Id.optional().describe('into this group (owner and managers); absent: as reminders'),
    }),
    body: z.instanceof(Uint8Array),
    output: ImportedOut,
    problems: ['not-found', ...OUTAGES],
    async handle({ query: { group }, body }, { user }) {
      if (group !== undefined) await groupFor(deps, { groupId: group, userId: user.id }, 'manage');
      const { zone } = await readSettings(deps.em(), user.id);
      const { events, bad } = readImport(body, { zone, nowMs: Date.now() });
      const add = async (event: IcsEvent): Promise<void> => {
        const id = importId(group ?? user.id, event);
        if (group !== undefined)
          await deps.temporal.createGroupEvent(id, { ...importedEvent(event), groupId: group, userId: user.id });
        else
          await deps.temporal.createReminder(
            { reminderId: id, userId: user.id },
            { ...importedReminder(event), userId: user.id },
          );
      };
      const refused = await addAll(events, add);
      return { body: { imported: events.length - refused.length, bad: [...bad, ...refused] } };
    },
  }),
];

async function addAll(events: readonly IcsEvent[], add: (event: IcsEvent) => Promise<void>): Promise<BadEvent[]> {
  const refused: BadEvent[] = [];
  for (let from = 0; from < events.length; from += AT_ONCE) {
    const batch = events.slice(from, from + AT_ONCE).map(async (event) => {
      try {
        await add(event);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        refused.push({ summary: event.summary, reason: error.message });
      }
    });
    await Promise.all(batch);
  }
  return refused;
}

/** Follows from where an event goes, what it is and when: the same file again names the same things. */
function importId(into: string, { uid, summary, recurrence, zone }: IcsEvent): string {
  const hex = createHash('sha256')
    .update(JSON.stringify([into, uid, summary, recurrence, zone]))
    .digest('hex');
  // RFC 9562 version 8: made by a rule of our own.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
