import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGroupEventActivities } from '../../activities/agenda/group-events.ts';
import { changeGroupEvent, createGroupEvent } from '../../client/groups.ts';
import type { GroupEventChange } from '../../contracts/groups.ts';
import { listAnswers, readGroupEvent } from '../../db/repositories/group-events.ts';
import { setNotify, setRole } from '../../db/repositories/group-members.ts';
import { addTag, giveTag } from '../../db/repositories/group-tags.ts';
import { addGroup, addMember } from '../../db/repositories/groups.ts';
import type { GroupEventDefinition } from '../../domain/agenda/groups/group.ts';
import { occurrenceKey } from '../../domain/agenda/occurrence-key.ts';
import { wallTimeOf } from '../../domain/agenda/zoned-time.ts';
import { startAgendaStage, textsOf, type AgendaStage } from '../support/agenda-stage.ts';
import { TEST_SERVER } from '../support/time-skipping.ts';

const MIN = 60_000;
const HOUR = 60 * MIN;
const DAY = 24 * HOUR;
const ZONE = 'Europe/Berlin';

describe.skipIf(TEST_SERVER === undefined)('events of groups in virtual time', () => {
  let stage: AgendaStage;
  beforeAll(async () => {
    stage = await startAgendaStage(createGroupEventActivities);
  });
  afterAll(async () => {
    await stage.stop();
  });

  /** A group with an owner and two members. */
  async function group() {
    const [owner, bob, eve] = [await stage.person({ language: 'en' }), await stage.person(), await stage.person()];
    const groupId = randomUUID();
    await addGroup(stage.em(), { groupId, userId: owner }, { name: 'Club', description: null });
    for (const userId of [bob, eve]) await addMember(stage.em(), { groupId, userId });
    return { groupId, owner, bob, eve };
  }

  /** An event in so many hours, on the full minute. */
  async function eventIn(hours: number, given: Partial<GroupEventDefinition> = {}) {
    const atMs = Math.ceil(((await stage.now()) + hours * HOUR) / MIN) * MIN;
    const start = wallTimeOf(atMs, ZONE);
    const event: GroupEventDefinition = {
      ...{ title: 'Chess', description: null, start, zone: ZONE, rule: null, exdates: [] },
      ...{ durationMinutes: 60, leadMinutes: [], tagIds: [], ...given },
    };
    return { atMs, key: occurrenceKey(start), event };
  }

  async function create(groupId: string, userId: string, event: GroupEventDefinition): Promise<string> {
    const id = randomUUID();
    await createGroupEvent(stage.client, id, { ...event, groupId, userId });
    return id;
  }
  const change = async (userId: string, eventId: string, what: GroupEventChange) =>
    await changeGroupEvent(stage.client, { userId, eventId }, { change: what, requestId: randomUUID() });

  test('tells every member at each lead time and at the start, once, as each wants to hear it', async () => {
    const { groupId, owner, bob, eve } = await group();
    await setNotify(stage.em(), { groupId, userId: bob }, 'quiet');
    await setNotify(stage.em(), { groupId, userId: eve }, 'ignore');
    const { event, key } = await eventIn(3, { leadMinutes: [60, 15] });
    const id = await create(groupId, owner, event);
    await stage.pass(4 * HOUR);
    const keys = (await stage.told(owner)).map((told) => told.key);
    expect(keys).toEqual([60, 15, 0].map((lead) => `group-event:${id}:${key}:${lead}`));
    expect(textsOf(await stage.told(owner))[0]).toMatch(/Chess.*in 1 h/s);
    expect((await stage.told(bob)).map(({ payload }) => 'silent' in payload && payload.silent)).toEqual([
      true,
      true,
      true,
    ]);
    expect(await stage.told(eve)).toEqual([]);
    expect(await readGroupEvent(stage.em(), owner, id)).toMatchObject({ state: 'done', nextAtMs: null });
  });

  test('an event for a tag reaches those who have it', async () => {
    const { groupId, owner, bob, eve } = await group();
    const tagId = randomUUID();
    await addTag(stage.em(), { id: tagId, groupId, name: 'juniors', colour: '#3366ff' });
    expect(await giveTag(stage.em(), { groupId, tagId, userId: eve })).toBe(true);
    // Not of this group: a tag without a membership cannot be.
    expect(await giveTag(stage.em(), { groupId, tagId, userId: await stage.person() })).toBe(false);
    const { event } = await eventIn(1, { tagIds: [tagId] });
    await create(groupId, owner, event);
    await stage.pass(2 * HOUR);
    expect(await stage.told(bob)).toEqual([]);
    expect(await stage.told(eve)).toHaveLength(1);
  });

  test('answers belong to one occurrence; the organiser hears of several at once, then sees them change', async () => {
    const { groupId, owner, bob, eve } = await group();
    const { event, key, atMs } = await eventIn(26, { rule: 'FREQ=DAILY', leadMinutes: [60] });
    const id = await create(groupId, owner, event);
    const next = occurrenceKey(wallTimeOf(atMs + DAY, ZONE));
    const answer = async (userId: string, occurrence: string, said: 'going' | 'maybe' | 'not') =>
      await change(userId, id, { kind: 'answer', occurrence, answer: said });
    expect(await answer(bob, key, 'going')).toMatchObject({ changed: true });
    expect(await answer(bob, key, 'going')).toMatchObject({ changed: false });
    await answer(eve, key, 'not');
    await answer(bob, next, 'maybe');
    await stage.pass(5 * MIN);
    expect((await stage.told(owner)).map((told) => told.key).sort()).toEqual(
      [`group-summary:${id}:${key}`, `group-summary:${id}:${next}`].sort(),
    );
    await answer(eve, key, 'going');
    await stage.pass(5 * MIN);
    const last = (await stage.told(owner)).at(-1);
    expect(last).toMatchObject({ edits: `group-summary:${id}:${key}`, payload: { kind: 'edit' } });
    expect(textsOf(last === undefined ? [] : [last])[0]).toContain('— 2:');
    expect((await listAnswers(stage.em(), { eventId: id, key })).map((row) => row.answer)).toEqual(['going', 'going']);
    expect((await listAnswers(stage.em(), { eventId: id, key: next })).map((row) => row.answer)).toEqual(['maybe']);
    await change(owner, id, { kind: 'delete' });
  });

  test('who does not come is not told again of this occurrence', async () => {
    const { groupId, owner, bob, eve } = await group();
    const { event, key } = await eventIn(2, { leadMinutes: [30] });
    const id = await create(groupId, owner, event);
    await change(bob, id, { kind: 'answer', occurrence: key, answer: 'not' });
    await stage.pass(3 * HOUR);
    expect(await stage.told(bob)).toEqual([]);
    expect(await stage.told(eve)).toHaveLength(2);
  });

  test('an edit leaves an event what it is, and moves what is to come', async () => {
    const { groupId, owner, bob } = await group();
    const { event } = await eventIn(2);
    const id = await create(groupId, owner, event);
    await change(owner, id, { kind: 'edit', edit: { title: 'Go' } });
    expect(await readGroupEvent(stage.em(), bob, id)).toMatchObject({ title: 'Go', rule: null, start: event.start });
    const later = await eventIn(5);
    await change(owner, id, { kind: 'edit', edit: { start: later.event.start } });
    await stage.pass(3 * HOUR);
    expect(await stage.told(bob)).toEqual([]);
    await stage.pass(3 * HOUR);
    expect(await stage.told(bob)).toHaveLength(1);
    await stage.pass(400 * DAY);
    expect(await stage.told(bob)).toHaveLength(1);
  });

  test('roles say who may make, change and delete; strangers see nothing', async () => {
    const { groupId, owner, bob } = await group();
    const stranger = await stage.person();
    const refused = (await eventIn(2)).event;
    await expect(create(groupId, bob, refused)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(create(groupId, stranger, refused)).rejects.toMatchObject({ code: 'group-not-found' });
    // Time may have passed: who waits for the end of a workflow lets it.
    const { event, key } = await eventIn(2);
    const id = await create(groupId, owner, event);
    await expect(change(bob, id, { kind: 'delete' })).rejects.toMatchObject({ code: 'forbidden' });
    const answer = { kind: 'answer', occurrence: key, answer: 'going' } as const;
    await expect(change(stranger, id, answer)).rejects.toMatchObject({ code: 'event-not-found' });
    await expect(change(bob, id, { ...answer, occurrence: '20200101T0900' })).rejects.toMatchObject({
      code: 'occurrence-not-found',
    });
    await setRole(stage.em(), { groupId, userId: bob }, 'manager');
    expect(await change(bob, id, { kind: 'delete' })).toMatchObject({ state: 'deleted' });
    expect(await readGroupEvent(stage.em(), owner, id)).toBeNull();
    await expect(change(bob, id, { kind: 'delete' })).rejects.toMatchObject({ code: 'event-not-found' });
  });

  test('what is over, impossible or too often is refused with the reason', async () => {
    const { groupId, owner } = await group();
    const { event } = await eventIn(2);
    const refused = async (given: Partial<GroupEventDefinition>, code: string) => {
      await expect(create(groupId, owner, { ...event, ...given })).rejects.toMatchObject({ code });
    };
    await refused({ start: '2020-01-01T09:00:00' }, 'event-past');
    await refused({ start: '2031-02-30T09:00:00' }, 'time-invalid');
    await refused({ rule: 'FREQ=SECONDLY' }, 'rule-too-frequent');
    await refused({ tagIds: [randomUUID()] }, 'tag-not-found');
    await refused({ title: ' ' }, 'event-invalid');
    await refused({ zone: 'Mars/Olympus' }, 'zone-unknown');
  });

  test('after an outage each member gets one late message at most', async () => {
    const { groupId, owner, bob } = await group();
    const { event, atMs } = await eventIn(2, { rule: 'FREQ=HOURLY;INTERVAL=2;COUNT=4', leadMinutes: [30] });
    const id = randomUUID();
    const askedMs = await stage.now();
    const activities = createGroupEventActivities({ em: stage.em, wakeSenders: () => Promise.resolve() });
    const create = { ...event, groupId, userId: owner };
    const run = async <T>(step: () => Promise<T>): Promise<T> => await new MockActivityEnvironment().run(step);
    await run(() => activities.planGroupEvent({ id, nowMs: askedMs, askedMs, create }));
    const nowMs = atMs + 4 * HOUR + 20 * MIN;
    const next = await run(() => activities.fireGroupEvent({ id, nowMs }));
    expect(next.next).toEqual({ state: 'waits', atMs: atMs + 5.5 * HOUR });
    await run(() => activities.fireGroupEvent({ id, nowMs }));
    const texts = textsOf(await stage.told(bob));
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain('с опозданием на 20 мин');
  });
});
