import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, type Person } from './people.ts';
import { pick, startApi, type TestApi } from './support.ts';

let api: TestApi;
let person: Person;
beforeAll(async () => {
  api = await startApi();
  person = await addPerson(api);
});
afterAll(async () => await api.stop());

const call = async (method: string, path: string, body?: unknown) =>
  await api.call(method, path, { headers: person.headers, ...(body !== undefined && { body }) });
const weekly = { text: 'Stretch', start: '2031-01-06T08:30', rule: 'FREQ=WEEKLY;BYDAY=MO' };

test('a reminder is made, read, changed, put off, paused and removed', async () => {
  const made = await call('POST', '/api/reminders', weekly);
  expect(made.status).toBe(201);
  expect(made.json).toMatchObject({
    ...weekly,
    start: '2031-01-06T08:30:00',
    state: 'active',
    zone: null,
    quiet: 'silent',
  });
  const id = String(pick(made, 'id'));
  expect((await call('GET', `/api/reminders/${id}`)).json).toEqual(made.json);
  expect(pick(await call('GET', '/api/reminders?state=active'), 'items.0.id')).toBe(id);
  const changed = await call('PATCH', `/api/reminders/${id}`, { text: 'Breathe', leadMinutes: [30] });
  expect(changed.json).toMatchObject({ text: 'Breathe', leadMinutes: [30] });
  expect(pick(changed, 'nextAt')).toBe('2031-01-06T08:00:00.000Z');
  const snoozed = await call('POST', `/api/reminders/${id}/snooze`, { minutes: 10 });
  expect(snoozed.json).toMatchObject({ changed: true, occurrence: { key: '20310106T0830', state: 'snoozed' } });
  expect(pick(await call('GET', `/api/reminders/${id}/occurrences`), 'items.0.state')).toBe('snoozed');
  expect((await call('POST', `/api/reminders/${id}/done`, {})).json).toMatchObject({ changed: true });
  expect((await call('POST', `/api/reminders/${id}/undo`, {})).json).toMatchObject({ changed: true });
  expect(pick(await call('POST', `/api/reminders/${id}/skip`, {}), 'occurrence.key')).toBe('20310113T0830');
  expect(pick(await call('POST', `/api/reminders/${id}/pause`), 'state')).toBe('paused');
  expect(pick(await call('POST', `/api/reminders/${id}/pause`), 'changed')).toBe(false);
  expect(pick(await call('POST', `/api/reminders/${id}/resume`), 'state')).toBe('active');
  expect((await call('DELETE', `/api/reminders/${id}`)).status).toBe(204);
  expect((await call('GET', `/api/reminders/${id}`)).status).toBe(404);
});

test('pages come in the order of what is next', async () => {
  for (const day of ['03', '01', '02'])
    await call('POST', '/api/reminders', { text: `day ${day}`, start: `2032-01-${day}T10:00` });
  const first = await call('GET', '/api/reminders?limit=2');
  const second = await call('GET', `/api/reminders?limit=2&cursor=${String(pick(first, 'nextCursor'))}`);
  const texts = ['items.0.text', 'items.1.text'].map((path) => pick(first, path));
  expect([...texts, pick(second, 'items.0.text'), pick(second, 'nextCursor')]).toEqual([
    ...['day 01', 'day 02', 'day 03', null],
  ]);
});

test.each([
  ['a time that has passed', { ...weekly, start: '2020-01-06T08:30', rule: null }],
  ['30 February', { ...weekly, start: '2031-02-30T08:30' }],
  ['a zone that is none', { ...weekly, zone: 'Mars/Olympus' }],
  ['a rule that is none', { ...weekly, rule: 'FREQ=SOMETIMES' }],
  ['more than 24 a day', { ...weekly, rule: 'FREQ=MINUTELY' }],
  ['no text', { ...weekly, text: '   ' }],
  ['a text with a NUL', { ...weekly, text: 'a\0b' }],
  ['a text without end', { ...weekly, text: 'a'.repeat(1001) }],
  ['a field that is unknown', { ...weekly, cron: '* * * * *' }],
])('%s is refused', async (_what, body) => {
  const refused = await call('POST', '/api/reminders', body);
  expect(refused.status).toBe(422);
  expect(String(pick(refused, 'detail')).length).toBeGreaterThan(5);
});

test('what cannot be done with a reminder is refused, and names the rule', async () => {
  const id = String(pick(await call('POST', '/api/reminders', weekly), 'id'));
  const path = `/api/reminders/${id}`;
  expect((await call('POST', `${path}/snooze`, {})).status).toBe(422);
  expect((await call('POST', `${path}/snooze`, { until: '2020-01-01T00:00:00Z' })).status).toBe(422);
  expect((await call('POST', `${path}/done`, { occurrence: '20310107T0830' })).status).toBe(404);
  expect((await call('POST', `${path}/done`, { occurrence: '20311307T0830' })).status).toBe(422);
  expect((await call('PATCH', path, { rule: 'FREQ=DAILY;COUNT=0' })).status).toBe(422);
});

test('a preview says the next three times in the zone', async () => {
  const body = { start: '2031-01-31T09:00', rule: 'FREQ=MONTHLY;BYMONTHDAY=-1', zone: 'Europe/Berlin' };
  const { json } = await call('POST', '/api/reminders/preview', body);
  expect(json).toMatchObject({
    zone: 'Europe/Berlin',
    next: [{ at: '2031-01-31T08:00:00.000Z' }, {}, { wall: '2031-03-31T09:00:00' }],
  });
});

test('a phrase is understood, or asked about; nothing is stored', async () => {
  const { json } = await call('POST', '/api/reminders/understand', { phrase: 'напомни по будням в 8:30 размяться' });
  expect(json).toMatchObject({
    question: null,
    text: 'размяться',
    rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
    next: [{}, {}, {}],
  });
  const asked = await call('POST', '/api/reminders/understand', { phrase: 'размяться' });
  expect(asked.json).toMatchObject({ question: 'when', text: 'размяться', start: null, next: [] });
  expect(String(pick(asked, 'example')).length).toBeGreaterThan(5);
});

test('more than a thousand reminders are refused', async () => {
  const crowd = await addPerson(api);
  await api.em().execute(
    `insert into reminder (id, user_id, text, start, exdates, rdates, lead_minutes, misfire, quiet, handled_to, handled_zone)
     select gen_random_uuid(), ?, 'x', '2031-01-01T00:00:00', '[]', '[]', '[]', '{"kind":"skip"}', 'send', now(), 'UTC'
     from generate_series(1, 1000)`,
    [crowd.id],
  );
  const refused = await api.call('POST', '/api/reminders', { headers: crowd.headers, body: weekly });
  expect([refused.status, pick(refused, 'type')]).toEqual([409, '/problems/too-many-reminders']);
});

test('another zone moves the person with everything that follows it', async () => {
  const settings = await call('PATCH', '/api/settings', { zone: 'Asia/Tokyo', notifyDms: false });
  expect(settings.json).toMatchObject({ zone: 'Asia/Tokyo', notifyDms: false });
  expect(api.temporal.calls).toContain('zone Asia/Tokyo');
});
