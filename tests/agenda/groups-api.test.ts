import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, type Person } from '../api/people.ts';
import { pick, startApi, type Reply, type TestApi } from '../api/support.ts';

let api: TestApi;
let anna: Person;
let bob: Person;
let eve: Person;
beforeAll(async () => {
  api = await startApi();
  await addPerson(api, 'owner');
  [anna, bob, eve] = [await addPerson(api), await addPerson(api), await addPerson(api)];
});
afterAll(async () => {
  await api.stop();
});

const as = async (person: Person, call: string, body?: unknown): Promise<Reply> => {
  const [method = '', path = ''] = call.split(' ');
  return await api.call(method, path, { headers: person.headers, ...(body !== undefined && { body }) });
};
const id = (reply: Reply): string => String(pick(reply, 'id'));

/** A group of Anna's which Bob has joined. */
async function club(): Promise<string> {
  const groupId = id(await as(anna, 'POST /api/groups', { name: 'Chess club' }));
  const key = String(pick(await as(anna, `PUT /api/groups/${groupId}/invite`), 'key'));
  expect((await as(bob, `POST /api/invites/${key}/accept`)).status).toBe(200);
  return groupId;
}
const WEEKLY = { title: 'Chess', start: '2030-01-07T19:00', zone: 'Europe/Berlin', rule: 'FREQ=WEEKLY;BYDAY=MO' };

test('an invite lets one in as a member, until there is a newer one', async () => {
  const groupId = id(await as(anna, 'POST /api/groups', { name: 'Club', description: 'On Mondays' }));
  expect(pick(await as(anna, `GET /api/groups/${groupId}/invite`), 'key')).toBeNull();
  const first = String(pick(await as(anna, `PUT /api/groups/${groupId}/invite`), 'key'));
  const second = await as(anna, `PUT /api/groups/${groupId}/invite`);
  const key = String(pick(second, 'key'));
  expect(key).toMatch(/^\w{16}$/);
  expect(pick(second, 'startParameter')).toBe(`invite_${key}`);
  expect((await as(bob, `GET /api/invites/${first}`)).status).toBe(404);
  expect(pick(await as(bob, `GET /api/invites/${key}`), 'isMember')).toBe(false);
  expect((await as(bob, `GET /api/groups/${groupId}`)).status).toBe(404);
  expect(pick(await as(bob, `POST /api/invites/${key}/accept`), 'role')).toBe('member');
  expect((await as(bob, `POST /api/invites/${key}/accept`)).status).toBe(200);
  expect(pick(await as(bob, `GET /api/groups/${groupId}`), 'members')).toBe(2);
  expect((await as(anna, `DELETE /api/groups/${groupId}/invite`)).status).toBe(204);
  expect((await as(eve, `POST /api/invites/${key}/accept`)).status).toBe(404);
});

test('roles: a member takes part, a manager manages, there is one owner', async () => {
  const groupId = await club();
  expect((await as(bob, `POST /api/groups/${groupId}/tags`, { name: 'x' })).status).toBe(403);
  expect((await as(bob, `PATCH /api/groups/${groupId}/members/${bob.id}`, { role: 'owner' })).status).toBe(403);
  expect((await as(anna, `DELETE /api/groups/${groupId}/members/${anna.id}`)).status).toBe(409);
  await as(anna, `PATCH /api/groups/${groupId}/members/${bob.id}`, { role: 'manager' });
  expect((await as(bob, `POST /api/groups/${groupId}/tags`, { name: 'x' })).status).toBe(201);
  expect((await as(bob, `DELETE /api/groups/${groupId}/members/${anna.id}`)).status).toBe(409);
  expect((await as(bob, `DELETE /api/groups/${groupId}`)).status).toBe(403);
  expect(pick(await as(anna, `PATCH /api/groups/${groupId}/members/${bob.id}`, { role: 'owner' }), 'role')).toBe(
    'owner',
  );
  expect(pick(await as(anna, `GET /api/groups/${groupId}`), 'role')).toBe('manager');
  expect((await as(anna, `DELETE /api/groups/${groupId}/members/${anna.id}`)).status).toBe(204);
  expect((await as(anna, `GET /api/groups/${groupId}`)).status).toBe(404);
  expect((await as(bob, `DELETE /api/groups/${groupId}`)).status).toBe(204);
  expect((await as(bob, `GET /api/groups/${groupId}`)).status).toBe(404);
});

test('tags belong to members, and go with them', async () => {
  const groupId = await club();
  const tag = id(await as(anna, `POST /api/groups/${groupId}/tags`, { name: 'juniors', colour: '#3366ff' }));
  expect(pick(await as(anna, `POST /api/groups/${groupId}/tags`, { name: 'juniors' }), 'type')).toBe(
    '/problems/tag-name-taken',
  );
  expect((await as(anna, `PUT /api/group-tags/${tag}/members/${eve.id}`)).status).toBe(404);
  expect((await as(anna, `PUT /api/group-tags/${tag}/members/${bob.id}`)).status).toBe(204);
  expect(pick(await as(bob, `GET /api/groups/${groupId}/members?tag=${tag}`), 'items.0.userId')).toBe(bob.id);
  expect(pick(await as(bob, `GET /api/groups/${groupId}/tags`), 'items.0.members')).toBe(1);
  expect(pick(await as(anna, `PATCH /api/group-tags/${tag}`, { name: 'youth' }), 'name')).toBe('youth');
  await as(bob, `DELETE /api/groups/${groupId}/members/${bob.id}`);
  expect(pick(await as(anna, `GET /api/groups/${groupId}/tags`), 'items.0.members')).toBe(0);
  expect((await as(anna, `DELETE /api/group-tags/${tag}`)).status).toBe(204);
});

test('events: pages, occurrences, answers to one of them, an edit that keeps what it is', async () => {
  const groupId = await club();
  const event = await as(anna, `POST /api/groups/${groupId}/events`, { ...WEEKLY, leadMinutes: [60] });
  expect(pick(event, 'next.1')).toEqual({ occurrence: '20300114T1900', at: '2030-01-14T18:00:00.000Z' });
  expect(pick(event, 'nextAt')).toBe('2030-01-07T17:00:00.000Z');
  const at = `/api/group-events/${id(event)}`;
  const answered = await as(bob, `PUT ${at}/answers`, { occurrence: '20300114T1900', answer: 'going' });
  expect(pick(answered, 'counts')).toEqual({ going: 1, maybe: 0, not: 0 });
  expect(pick(await as(anna, `GET ${at}/answers?occurrence=20300114T1900`), 'items.0')).toMatchObject({
    userId: bob.id,
    answer: 'going',
  });
  expect(pick(await as(anna, `GET ${at}/answers`), 'counts.going')).toBe(0);
  expect((await as(bob, `PUT ${at}/answers`, { occurrence: '20300108T1900', answer: 'going' })).status).toBe(404);
  const once = await as(anna, `POST /api/groups/${groupId}/events`, { title: 'Final', start: '2030-06-01T10:00' });
  expect(pick(await as(anna, `PATCH /api/group-events/${id(once)}`, { title: 'The final' }), 'rule')).toBeNull();
  const page = await as(bob, `GET /api/groups/${groupId}/events?limit=1`);
  expect(pick(page, 'items.0.id')).toBe(id(event));
  const rest = await as(bob, `GET /api/groups/${groupId}/events?limit=1&cursor=${String(pick(page, 'nextCursor'))}`);
  expect([pick(rest, 'items.0.id'), pick(rest, 'nextCursor')]).toEqual([id(once), null]);
  expect(pick(await as(eve, 'GET /api/group-events'), 'items')).toEqual([]);
  expect((await as(bob, `DELETE ${at}`)).status).toBe(403);
  expect((await as(anna, `DELETE ${at}`)).status).toBe(204);
});

test('what can never happen is refused with the reason', async () => {
  const groupId = await club();
  const detail = async (given: object): Promise<string> =>
    String(pick(await as(anna, `POST /api/groups/${groupId}/events`, { ...WEEKLY, ...given }), 'detail'));
  expect(await detail({ start: '2030-02-30T10:00' })).toContain('no date');
  expect(await detail({ start: '2020-01-01T10:00', rule: null })).toContain('over already');
  expect(await detail({ rule: 'FREQ=MINUTELY' })).toContain('24 times a day');
  expect(await detail({ rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' })).toContain('no month 2 has a day 30');
});

test('the feed is read by its secret until it is revoked, and says when nothing has changed', async () => {
  const groupId = await club();
  await as(anna, `POST /api/groups/${groupId}/events`, WEEKLY);
  const path = String(pick(await as(bob, 'PUT /api/calendar/feed'), 'path'));
  const feed = await api.call('GET', path);
  expect(feed.headers.get('content-type')).toContain('text/calendar');
  expect(feed.json).toContain('RRULE:FREQ=WEEKLY;BYDAY=MO');
  expect(feed.json).toContain('BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin');
  const etag = feed.headers.get('etag') ?? '';
  expect((await api.call('GET', path, { headers: { 'if-none-match': etag } })).status).toBe(304);
  expect(pick(await as(bob, 'GET /api/calendar/feed'), 'path')).toBeNull();
  expect((await api.call('GET', '/calendar/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.ics')).status).toBe(404);
  expect((await as(bob, 'DELETE /api/calendar/feed')).status).toBe(204);
  expect((await api.call('GET', path)).status).toBe(404);
});

test('what was exported comes in again; bad events are listed, nothing comes in twice', async () => {
  const groupId = await club();
  await as(anna, `POST /api/groups/${groupId}/events`, { ...WEEKLY, leadMinutes: [60, 10], durationMinutes: 90 });
  const text = String((await as(bob, `GET /api/groups/${groupId}/calendar`)).json);
  const broken =
    'BEGIN:VEVENT\r\nSUMMARY:Broken\r\nDTSTART:20300101T100000Z\r\nRRULE:FREQ=NOPE\r\nEND:VEVENT\r\nEND:VCALENDAR';
  const other = await club();
  const load = async (person: Person, query: string): Promise<Reply> => {
    const response = await fetch(`${api.url}/api/calendar${query}`, {
      method: 'POST',
      headers: { ...person.headers, 'content-type': 'text/calendar' },
      body: text.replace('END:VCALENDAR', broken),
    });
    return { status: response.status, headers: response.headers, json: await response.json() };
  };
  const first = await load(anna, `?group=${other}`);
  expect(first.json).toMatchObject({ imported: 1, bad: [{ summary: 'Broken' }] });
  await load(anna, `?group=${other}`);
  const events = await as(anna, `GET /api/groups/${other}/events`);
  expect(pick(events, 'items.1')).toBeUndefined();
  expect(pick(events, 'items.0')).toMatchObject({
    ...WEEKLY,
    start: '2030-01-07T19:00:00',
    leadMinutes: [60, 10],
    durationMinutes: 90,
  });
  expect((await load(bob, `?group=${other}`)).status).toBe(403);
  expect((await load(eve, `?group=${other}`)).status).toBe(404);
  expect((await load(eve, '')).json).toMatchObject({ imported: 1 });
  expect(String((await as(eve, 'GET /api/calendar')).json)).toContain('SUMMARY:Chess');
});
