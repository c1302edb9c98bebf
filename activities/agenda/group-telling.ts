import type { SqlEntityManager } from '@mikro-orm/sql';
import {
  closeSummary,
  listListeners,
  openSummaries,
  readOrganiser,
  type Listener,
} from '../../db/repositories/group-answers.ts';
import { listAnswers, type GroupEventRow } from '../../db/repositories/group-events.ts';
import { addMessages } from '../../db/repositories/outbox.ts';
import { tellPerson } from '../../db/repositories/tell-person.ts';
import { dueEventMoments, occurrenceOf } from '../../domain/agenda/groups/event-moments.ts';
import {
  answerKeyboard,
  groupEventNotice,
  summaryNotice,
  type ToldEvent,
} from '../../domain/agenda/groups/group-notice.ts';
import { isQuietFor } from '../../domain/agenda/quiet-hours.ts';
import type { DueTelling } from '../../domain/agenda/reminder-rules.ts';
import type { MessengerName } from '../../domain/shared/messenger-name.ts';
import type { NewOutboxMessage } from '../../domain/shared/outbox-message.ts';
import { splitPayload } from '../../domain/shared/split-payload.ts';

/** Writes what is due of an event to each member who wants to hear it, once; who has to be woken. */
export async function tellGroup(em: SqlEntityManager, row: GroupEventRow, nowMs: number): Promise<MessengerName[]> {
  const woken = new Set<MessengerName>();
  for (const telling of dueEventMoments(row, row.handledToMs, nowMs)) {
    const listeners = await listListeners(em, { eventId: row.id, key: telling.key });
    await addMessages(
      em,
      listeners.flatMap((listener) => messagesFor(row, listener, { telling, nowMs })),
    );
    for (const { messenger } of listeners) woken.add(messenger);
  }
  return [...woken];
}

const toldEvent = ({ id, title, description, groupName }: GroupEventRow): ToldEvent => ({
  ...{ id, title, description },
  group: groupName,
});

interface Moment {
  readonly telling: DueTelling;
  readonly nowMs: number;
}

function messagesFor(row: GroupEventRow, listener: Listener, { telling, nowMs }: Moment): NewOutboxMessage[] {
  const { userId, messenger: sender, chatId, language, zone, answer } = listener;
  const html = groupEventNotice(toldEvent(row), telling, { zone, nowMs, language });
  const keyboard = answerKeyboard({ eventId: row.id, key: telling.key, language }, answer);
  const dedupeKey = `group-event:${row.id}:${telling.key}:${telling.leadMinutes}`;
  return splitPayload({ kind: 'text', html, keyboard, silent: isSilent(listener, nowMs) }).map((payload, part) => ({
    ...{ userId, sender, chatId, payload, edits: null },
    dedupeKey: part === 0 ? dedupeKey : `${dedupeKey}:${part + 1}`,
  }));
}

const isSilent = (listener: Listener, nowMs: number): boolean =>
  listener.notify === 'quiet' || isQuietFor(listener, nowMs);

/** Tells the organiser of the answers that came; of each occurrence one message, which later answers change. */
export async function tellOrganiser(em: SqlEntityManager, row: GroupEventRow, nowMs: number): Promise<MessengerName[]> {
  const woken: MessengerName[] = [];
  for (const { key, dueAtMs, told } of await openSummaries(em, row.id)) {
    if (dueAtMs > nowMs) break;
    const messenger = await tellSummary(em, row, { key, told, nowMs });
    if (messenger !== null) woken.push(messenger);
    await closeSummary(em, { eventId: row.id, key });
  }
  return woken;
}

interface Summary {
  readonly key: string;
  readonly told: number;
  readonly nowMs: number;
}

async function tellSummary(
  em: SqlEntityManager,
  row: GroupEventRow,
  { key, told, nowMs }: Summary,
): Promise<MessengerName | null> {
  const organiser = await readOrganiser(em, { eventId: row.id, key });
  const occurrence = occurrenceOf(row, key);
  if (organiser === null || occurrence === null) return null;
  const { userId, zone, language } = organiser;
  const seen = { zone, language, nowMs };
  const html = summaryNotice(toldEvent(row), await listAnswers(em, { eventId: row.id, key }), {
    atMs: occurrence.atMs,
    seen,
  });
  const name = `group-summary:${row.id}:${key}`;
  if (told > 0) {
    const edited = { userId, dedupeKey: `${name}:${told + 1}`, payload: { kind: 'edit', html }, edits: name } as const;
    const messenger = await tellPerson(em, edited);
    if (messenger !== null) return messenger;
  }
  const dedupeKey = told === 0 ? name : `${name}:${told + 1}`;
  return await tellPerson(em, { userId, dedupeKey, payload: { kind: 'text', html, silent: true } });
}
