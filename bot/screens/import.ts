import { createReminder } from '../../client/reminders.ts';
import { admitReminder, readReminder } from '../../db/repositories/reminders-read.ts';
import { importedReminder, readImport } from '../../domain/agenda/ics-import.ts';
import type { IcsEvent } from '../../domain/agenda/ics-event.ts';
import type { BadEvent } from '../../domain/agenda/ics-reader.ts';
import { checkReminder } from '../../domain/agenda/reminder-check.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { derivedId } from '../dialog/derived-id.ts';
import type { DialogDeps, FileEvent, Handler, Reaction, Screen, Turn } from '../dialog/dialog.ts';
import { press, say } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';
import { shortened } from './reminder-list.ts';
import { welcome } from './welcome.ts';

/** As much as the reader takes. */
const MAX_BYTES = 10_000_000;
/** Each is a promise of its own. */
const AT_ONCE = 10;
const BAD_SHOWN = 10;

const onFile: Handler<FileEvent> = async (turn, deps) => {
  const { talker, event, nowMs } = turn;
  const words = texts(talker.speaks).import;
  if (!/\.ics$/i.test(event.name)) return say(words.notCalendar);
  if (!talker.isOnboarded) return welcome(talker);
  const { messenger, zone } = talker;
  const bytes = await deps.download({ messenger, fileId: event.fileId, maxBytes: MAX_BYTES });
  const { events, bad } = readImport(bytes, { zone, nowMs });
  const refused: BadEvent[] = [];
  for (let from = 0; from < events.length; from += AT_ONCE) {
    const batch = events.slice(from, from + AT_ONCE);
    const outcomes = await Promise.all(batch.map(async (one) => await added(one, turn, deps)));
    refused.push(...outcomes.filter((outcome) => outcome !== null));
  }
  return report(turn, events.length - refused.length, [...bad, ...refused]);
};

/** null = it is a reminder now; the same event of the same file again is the same reminder. */
async function added(event: IcsEvent, { talker, nowMs }: Turn, { em, client }: DialogDeps): Promise<BadEvent | null> {
  const { userId, zone } = talker;
  const { uid, summary, recurrence } = event;
  const reminderId = derivedId(userId, JSON.stringify([uid, summary, recurrence, event.zone]));
  const reminder = importedReminder(event);
  try {
    checkReminder(reminder, { userZone: zone, nowMs });
    if ((await readReminder(em(), userId, reminderId)) === null) await admitReminder(em(), userId);
    await createReminder(client, { reminderId, userId }, { ...reminder, userId });
    return null;
  } catch (err) {
    if (err instanceof DomainError) return { summary, reason: err.message };
    throw err;
  }
}

function report({ talker }: Turn, count: number, bad: readonly BadEvent[]): Reaction {
  const { import: words, remind } = texts(talker.speaks);
  const lines = bad.slice(0, BAD_SHOWN).map(({ summary, reason }) =>
    words.line({
      summary: summary.trim() === '' ? words.noName : shortened(summary),
      reason: words.reasons[reasonKey(reason)],
    }),
  );
  const hidden = bad.length - lines.length;
  const all = [...lines, ...(hidden > 0 ? [words.more({ count: hidden })] : [])].join('\n');
  const left = bad.length === 0 ? [] : [words.left({ count: bad.length, lines: all })];
  return say([words.came({ count }), ...left].join('\n\n'), [[press(remind.toList, 'reminder.list', '0')]]);
}

type ReasonKey = keyof ReturnType<typeof texts>['import']['reasons'];

/** What a reader's reason comes to for a person. */
function reasonKey(reason: string): ReasonKey {
  if (/\bover\b|passed/.test(reason)) return 'over';
  if (reason.includes('cancelled')) return 'cancelled';
  if (reason.includes('zone')) return 'zone';
  return /rule|a day|EXRULE|periods/i.test(reason) ? 'rule' : 'unreadable';
}

/** A calendar file that is sent becomes reminders. */
export const importScreen: Screen = { unasked: { file: onFile } };
