import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, type Person } from './people.ts';
import { pick, startApi, type TestApi } from './support.ts';

let api: TestApi;
let anna: Person;
beforeAll(async () => {
  api = await startApi();
  anna = await addPerson(api);
});
afterAll(async () => await api.stop());

const as = (person: Person) => async (method: string, path: string, body?: unknown) =>
  await api.call(method, path, { headers: person.headers, ...(body !== undefined && { body }) });
const ask = async (method: string, path: string, body?: unknown) => await as(anna)(method, path, body);
const today = (): string => new Date().toISOString().slice(0, 10);
const daysFrom = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('a task is added, found by tag and day, changed, done and taken back', async () => {
  const added = await ask('POST', '/api/tasks', { title: 'торт', tags: ['дом', 'дом'], dueDate: '2027-03-07' });
  expect(added).toMatchObject({ status: 201, json: { title: 'торт', tags: ['дом'], state: 'open', priority: null } });
  const path = `/api/tasks/${String(pick(added, 'id'))}`;
  expect(await ask('GET', '/api/tasks?tag=дом&dueUntil=2027-03-07')).toMatchObject({
    json: { items: [{ title: 'торт' }] },
  });
  expect(await ask('GET', '/api/tasks?dueUntil=2027-03-06')).toMatchObject({ json: { items: [] } });
  expect(await ask('PATCH', path, { priority: 2 })).toMatchObject({ json: { priority: 2, dueDate: '2027-03-07' } });
  expect(await ask('POST', `${path}/complete`, {})).toMatchObject({ json: { state: 'done', completions: 1 } });
  expect(await ask('POST', `${path}/complete`, {})).toMatchObject({ json: { state: 'done', completions: 1 } });
  expect(await ask('POST', `${path}/reopen`)).toMatchObject({ json: { state: 'open', completions: 0 } });
  expect(await ask('DELETE', path)).toMatchObject({ status: 204 });
  expect(await ask('GET', path)).toMatchObject({ status: 404 });
});

test('a task that repeats is due again; the same day done twice is done once', async () => {
  const rule = 'FREQ=DAILY;INTERVAL=2';
  const added = await ask('POST', '/api/tasks', { title: 'полить цветы', dueDate: today(), rule });
  const path = `/api/tasks/${String(pick(added, 'id'))}/complete`;
  const body = { dueKey: today().replaceAll('-', '') };
  expect(await ask('POST', path, body)).toMatchObject({
    json: { state: 'open', dueDate: daysFrom(2), completions: 1 },
  });
  expect(await ask('POST', path, body)).toMatchObject({ json: { dueDate: daysFrom(2), completions: 1 } });
});

test('a wrong day or rule is refused by name, and changes nothing', async () => {
  const wrong = (body: object) => ask('POST', '/api/tasks', { title: 'x', ...body });
  expect(await wrong({ dueDate: '2027-02-30' })).toMatchObject({
    status: 422,
    json: { errors: [{ path: 'dueDate' }] },
  });
  expect(await wrong({ dueTime: '10:00' })).toMatchObject({ status: 422, json: { errors: [{ path: 'dueTime' }] } });
  const everySecond = { dueDate: '2027-03-01', rule: 'FREQ=SECONDLY' };
  expect(await wrong(everySecond)).toMatchObject({ status: 422, json: { errors: [{ path: 'rule' }] } });
  const added = await ask('POST', '/api/tasks', { title: 'ok', dueDate: '2027-03-01', dueTime: '09:00' });
  const path = `/api/tasks/${String(pick(added, 'id'))}`;
  expect(await ask('PATCH', path, { dueDate: null })).toMatchObject({ status: 422 });
  expect(await ask('GET', path)).toMatchObject({ json: { dueDate: '2027-03-01' } });
});

test('a list goes on where it ended', async () => {
  const boris = as(await addPerson(api));
  for (let n = 1; n <= 5; n += 1) await boris('POST', '/api/tasks', { title: `${n}`, dueDate: `2027-03-0${n}` });
  const first = await boris('GET', '/api/tasks?limit=3');
  expect(first).toMatchObject({ json: { items: [{ title: '1' }, { title: '2' }, { title: '3' }] } });
  const rest = await boris('GET', `/api/tasks?limit=3&cursor=${String(pick(first, 'nextCursor'))}`);
  expect(rest).toMatchObject({ json: { items: [{ title: '4' }, { title: '5' }], nextCursor: null } });
});

test('the day shows what is late, due and matters most, and free time', async () => {
  const vera = as(await addPerson(api));
  const add = async (body: object) => await vera('POST', '/api/tasks', body);
  await add({ title: 'late', dueDate: daysFrom(-1) });
  await add({ title: 'due', dueDate: today() });
  await add({ title: 'first', priority: 1 });
  await vera('PATCH', '/api/agenda-settings', { workFrom: '00:00', workTo: '23:59', dayStart: '00:00' });
  expect(await vera('GET', '/api/today')).toMatchObject({
    status: 200,
    json: {
      ...{ date: today(), overdue: [{ title: 'late' }], due: [{ title: 'due' }], top: [{ title: 'first' }] },
      ...{ items: [], done: [], focus: { rounds: 0, focusedSeconds: 0 } },
    },
  });
});

test('settings of the day plan the digests anew', async () => {
  const changed = await ask('PATCH', '/api/agenda-settings', { morningAt: '07:45', weeklyOn: null });
  expect(changed).toMatchObject({ json: { morningAt: '07:45', weeklyOn: null, eveningAt: '21:00' } });
  expect(await ask('PATCH', '/api/agenda-settings', { morningAt: '25:00' })).toMatchObject({ status: 422 });
});

test('one focus session at a time; what is done twice is done once', async () => {
  const started = await ask('POST', '/api/focus-sessions', { plan: { focusMinutes: 50 } });
  expect(started).toMatchObject({
    status: 201,
    json: { phase: 'focus', state: 'running', plan: { focusMinutes: 50 } },
  });
  expect(await ask('POST', '/api/focus-sessions', {})).toMatchObject({
    status: 409,
    json: { type: '/problems/focus-running' },
  });
  const path = `/api/focus-sessions/${String(pick(started, 'id'))}/actions`;
  expect(await ask('POST', path, { action: 'pause' })).toMatchObject({ json: { state: 'paused', endsAt: null } });
  expect(await ask('POST', path, { action: 'pause' })).toMatchObject({ json: { state: 'paused' } });
  expect(await ask('POST', path, { action: 'attach', taskId: randomUUID() })).toMatchObject({ status: 404 });
  expect(await ask('POST', path, { action: 'stop' })).toMatchObject({ json: { state: 'over', leftSeconds: 0 } });
  expect(await ask('POST', path, { action: 'resume' })).toMatchObject({ status: 409 });
  expect(await ask('GET', '/api/focus-sessions/current')).toMatchObject({ json: { session: null } });
  expect(await ask('GET', `/api/focus/statistics?from=${today()}&to=${today()}`)).toMatchObject({ status: 200 });
  expect(await ask('GET', '/api/focus/statistics?from=2027-03-02&to=2027-03-01')).toMatchObject({ status: 422 });
});
