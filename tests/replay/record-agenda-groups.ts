/**
 * Records one history per path of `keepGroupEvent`: `node tests/replay/record-agenda-groups.ts`.
 * Run it when a path is added; never to make a failing replay pass: that needs `patched`.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { createGroupEventActivities } from '../../activities/agenda/group-events.ts';
import { changeGroupEvent, createGroupEvent, forgetGroupEvents } from '../../client/groups.ts';
import { promiseWorkflowId } from '../../contracts/agenda.ts';
import type { GroupEventChange } from '../../contracts/groups.ts';
import { addGroup, addMember, removeGroup } from '../../db/repositories/groups.ts';
import type { GroupEventDefinition } from '../../domain/agenda/groups/group.ts';
import { startDatabase } from '../support/database.ts';
import { addUser } from '../support/outbox.ts';
import { startTemporal, withWorkers } from '../support/temporal.ts';

const SOON_MS = 4_000;
const early = ['limit.historyCount.suggestContinueAsNew=20'];
const [database, env] = await Promise.all([startDatabase(), startTemporal(early)]);
const em = () => database.orm.em.fork();

async function person(chatId: number): Promise<string> {
  const userId = await addUser(database.orm);
  await em().execute('insert into user_settings (user_id) values (?)', [userId]);
  await em().execute(
    `insert into chat (messenger, chat_id, user_id, person_id, name) values ('telegram', ?, ?, ?, 'Anna')`,
    [chatId, userId, chatId],
  );
  return userId;
}
const [owner, member] = [await person(7), await person(8)];

async function group(): Promise<string> {
  const groupId = randomUUID();
  await addGroup(em(), { groupId, userId: owner }, { name: 'Club', description: null });
  await addMember(em(), { groupId, userId: member });
  return groupId;
}
const groupId = await group();

const idOf = (eventId: string): string => promiseWorkflowId('group-event', eventId);
const over = async (eventId: string): Promise<void> => {
  await env.client.workflow.getHandle(idOf(eventId)).result();
};

async function keep(eventId: string, name: string, runId?: string): Promise<void> {
  const file = new URL(`./histories/${name}.json`, import.meta.url);
  if (existsSync(file)) return;
  writeFileSync(file, historyToJSON(await env.client.workflow.getHandle(idOf(eventId), runId).fetchHistory()));
}

async function event(given: Partial<GroupEventDefinition> = {}, of = groupId): Promise<string> {
  const eventId = randomUUID();
  const start = new Date(Date.now() + SOON_MS).toISOString().slice(0, 19);
  const usual = { title: 'Chess', description: null, start, zone: 'UTC', rule: null, exdates: [] };
  const whole = { ...usual, durationMinutes: null, leadMinutes: [], tagIds: [], ...given };
  await createGroupEvent(env.client, eventId, { ...whole, groupId: of, userId: owner });
  return eventId;
}
const change = async (eventId: string, userId: string, what: GroupEventChange) =>
  await changeGroupEvent(env.client, { eventId, userId }, { change: what, requestId: randomUUID() });
const DAILY = { start: '2040-01-02T08:30:00', rule: 'FREQ=DAILY' };
const answer = (said: 'going' | 'maybe') => ({ kind: 'answer', occurrence: '20400102T0830', answer: said }) as const;

await withWorkers(env, createGroupEventActivities({ em, wakeSenders: () => Promise.resolve() }), async () => {
  const once = await event();
  await over(once);
  await keep(once, 'keepGroupEvent.once');

  const edited = await event(DAILY);
  await change(edited, owner, { kind: 'edit', edit: { title: 'Go' } });
  await change(edited, member, answer('going'));
  await change(edited, member, { kind: 'delete' }).catch(() => null);
  await change(edited, owner, { kind: 'delete' });
  await over(edited);
  await keep(edited, 'keepGroupEvent.answered-and-deleted');

  const refused = await event({ start: '2020-01-01T00:00:00' }).catch(() => null);
  if (refused !== null) throw new Error('an event of the past was kept');

  const long = await event(DAILY);
  const handle = env.client.workflow.getHandle(idOf(long));
  const { runId } = await handle.describe();
  for (let turn = 0; (await handle.describe()).runId === runId; turn += 1)
    await change(long, member, answer(turn % 2 === 0 ? 'going' : 'maybe'));
  await keep(long, 'keepGroupEvent.continued', runId);
  await change(long, owner, { kind: 'delete' });
  await over(long);
  await keep(long, 'keepGroupEvent.deleted-in-a-new-run');

  const other = await group();
  const forgotten = await event(DAILY, other);
  await forgetGroupEvents(env.client, await removeGroup(em(), other));
  await over(forgotten);
  await keep(forgotten, 'keepGroupEvent.group-ended');
});
await Promise.all([database.stop(), env.teardown()]);
process.exit(0);
