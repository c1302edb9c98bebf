import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCalendar } from '../../domain/agenda/ics-reader.ts';
import { nextOccurrences } from '../../domain/agenda/recurrence.ts';
import { weekdayOf } from '../../domain/agenda/zoned-time.ts';
import { addPerson, type Person } from '../api/people.ts';
import { pick, startApi, type Reply, type TestApi } from '../api/support.ts';

/** What the program that came before did wrong; the numbers are those of the list that was made of it. */
describe('defects of the reference, in time and rules', () => {
  const next = (start: string, rule: string | null, afterMs: number) =>
    nextOccurrences({ start, rule }, 'Europe/Moscow', { afterMs, count: 3 });

  test('2: weekly events came one day early', () => {
    const mondays = next('2026-11-23T10:00:00', 'FREQ=WEEKLY;BYDAY=MO', 0);
    expect(mondays.map(({ wall }) => weekdayOf(wall.slice(0, 10)))).toEqual([1, 1, 1]);
    expect(mondays[0]?.wall).toBe('2026-11-23T10:00:00');
  });

  test('3: 10:00 in Moscow is 10:00 in Moscow', () => {
    expect(next('2026-11-23T10:00:00', 'FREQ=DAILY', 0)[0]?.atMs).toBe(Date.parse('2026-11-23T07:00:00Z'));
  });

  test('5: what happens once has a year', () => {
    expect(next('2027-12-31T12:00:00', null, Date.UTC(2026, 0, 1)).map(({ wall }) => wall)).toEqual([
      '2027-12-31T12:00:00',
    ]);
    expect(next('2025-12-31T12:00:00', null, Date.UTC(2026, 0, 1))).toEqual([]);
  });
});

describe('defects of the reference, in groups', () => {
  let api: TestApi;
  let anna: Person;
  let bob: Person;
  let groupId: string;
  beforeAll(async () => {
    api = await startApi();
    [anna, bob] = [await addPerson(api), await addPerson(api)];
    groupId = String(pick(await as(anna, 'POST /api/groups', { name: 'Club' }), 'id'));
    const key = String(pick(await as(anna, `PUT /api/groups/${groupId}/invite`), 'key'));
    await as(bob, `POST /api/invites/${key}/accept`);
  });
  afterAll(async () => {
    await api.stop();
  });

  const as = async (person: Person, call: string, body?: unknown): Promise<Reply> => {
    const [method = '', path = ''] = call.split(' ');
    return await api.call(method, path, { headers: person.headers, ...(body !== undefined && { body }) });
  };
  const add = async (event: object): Promise<Reply> => await as(anna, `POST /api/groups/${groupId}/events`, event);

  test('6: an edit made an event repeat for ever', async () => {
    const id = String(pick(await add({ title: 'Final', start: '2030-06-01T10:00' }), 'id'));
    const edited = await as(anna, `PATCH /api/group-events/${id}`, { title: 'The final', leadMinutes: [30] });
    expect(pick(edited, 'rule')).toBeNull();
    expect(pick(edited, 'next.1')).toBeUndefined();
  });

  test('7: a file lost the rules, in and out', async () => {
    const rule = 'FREQ=MONTHLY;BYDAY=-1FR';
    const zone = 'America/New_York';
    await add({ title: 'Retro', start: '2030-01-25T16:00', rule, zone, exdates: ['2030-02-22T16:00'] });
    const text = String((await as(bob, `GET /api/groups/${groupId}/calendar`)).json);
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(2);
    expect(text).toContain('BEGIN:VTIMEZONE\r\nTZID:America/New_York');
    const { events, bad } = readCalendar(new TextEncoder().encode(text), 'UTC');
    expect(bad).toEqual([]);
    expect(events.find(({ summary }) => summary === 'Retro')).toMatchObject({
      recurrence: { start: '2030-01-25T16:00:00', rule, exdates: ['2030-02-22T16:00:00'] },
      zone,
    });
    const feed = String(pick(await as(bob, 'PUT /api/calendar/feed'), 'path'));
    expect(String((await api.call('GET', feed)).json)).toContain(`RRULE:${rule}`);
  });

  test('9: answers failed, nobody saw them, and one was for all times', async () => {
    const event = await add({ title: 'Chess', start: '2030-01-07T19:00', rule: 'FREQ=WEEKLY' });
    const path = `/api/group-events/${String(pick(event, 'id'))}/answers`;
    const first = await as(bob, `PUT ${path}`, { occurrence: '20300107T1900', answer: 'maybe' });
    expect([first.status, pick(first, 'counts.maybe')]).toEqual([200, 1]);
    expect(pick(await as(anna, `GET ${path}?occurrence=20300107T1900`), 'items.0')).toMatchObject({
      userId: bob.id,
      answer: 'maybe',
    });
    expect(pick(await as(anna, `GET ${path}?occurrence=20300114T1900`), 'items')).toEqual([]);
    const changed = await as(bob, `PUT ${path}`, { occurrence: '20300107T1900', answer: 'going' });
    expect(pick(changed, 'counts')).toEqual({ going: 1, maybe: 0, not: 0 });
  });
});
