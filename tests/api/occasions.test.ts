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

const ask = async (method: string, path: string, body?: unknown) =>
  await api.call(method, path, { headers: anna.headers, ...(body !== undefined && { body }) });

test('a person with a birthday: added, changed, ready, forgotten with the day', async () => {
  const person = await ask('POST', '/api/people', { name: 'Мама', interests: ['чай'] });
  expect(person).toMatchObject({ status: 201, json: { name: 'Мама', interests: ['чай'], budgetMinor: null } });
  const personId = String(pick(person, 'id'));
  const added = await ask('POST', '/api/occasions', { personId, kind: 'birthday', month: 3, day: 20, year: 1960 });
  expect(added).toMatchObject({
    status: 201,
    json: { personName: 'Мама', leadDays: [14, 7, 3], at: '10:00', isReady: false },
  });
  const date = String(pick(added, 'date'));
  expect(date.slice(5)).toBe('03-20');
  expect(pick(added, 'years')).toBe(Number(date.slice(0, 4)) - 1960);
  const path = `/api/occasions/${String(pick(added, 'id'))}`;
  expect(await ask('PUT', `${path}/ready`, { ready: true })).toMatchObject({ json: { isReady: true } });
  expect(await ask('PATCH', path, { day: 21 })).toMatchObject({ json: { day: 21, isReady: false } });
  expect(await ask('GET', `/api/occasions?personId=${personId}`)).toMatchObject({ json: { items: [{ day: 21 }] } });
  expect(await ask('PATCH', `/api/people/${personId}`, { budgetMinor: 300_000 })).toMatchObject({ status: 422 });
  const budget = { budgetMinor: 300_000, budgetCurrency: 'RUB' };
  expect(await ask('PATCH', `/api/people/${personId}`, budget)).toMatchObject({ json: budget });
  expect(await ask('DELETE', `/api/people/${personId}`)).toMatchObject({ status: 204 });
  expect(await ask('GET', path)).toMatchObject({ status: 404 });
});

test('a day that no year has is refused by name; a stranger is nobody', async () => {
  const wrong = async (body: object) => await ask('POST', '/api/occasions', { kind: 'other', ...body });
  expect(await wrong({ month: 2, day: 30 })).toMatchObject({ status: 422, json: { errors: [{ path: 'day' }] } });
  expect(await wrong({ month: 2, day: 29, year: 1991 })).toMatchObject({ status: 422 });
  expect(await wrong({ month: 1, day: 1, personId: randomUUID() })).toMatchObject({ status: 404 });
  const leap = await wrong({ month: 2, day: 29 });
  expect(await ask('PATCH', `/api/occasions/${String(pick(leap, 'id'))}`, { day: 31 })).toMatchObject({ status: 422 });
});
