import { afterAll, beforeAll, expect, test } from 'vitest';
import { linkByCode } from '../../db/repositories/link-codes.ts';
import { addPerson } from './people.ts';
import { pick, startApi, type TestApi } from './support.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api.stop();
});

test('a code is made for who is signed in, kept as its hash, and works once', async () => {
  const anna = await addPerson(api);
  const ask = async () => await api.call('POST', '/api/me/link-codes', { headers: anna.headers });
  const first = await ask();
  expect(first.status).toBe(201);
  expect(pick(first, 'code')).toMatch(/^[A-HJ-NP-Z]{8}$/);
  expect(pick(first, 'startParameter')).toBe(`link_${String(pick(first, 'code'))}`);
  expect(Date.parse(String(pick(first, 'expiresAt')))).toBeGreaterThan(Date.now());
  const [before, code] = [String(pick(first, 'code')), String(pick(await ask(), 'code'))];
  const shown = { messenger: 'telegram', personId: '77' } as const;
  expect(await linkByCode(api.em(), { ...shown, code: before })).toEqual({ kind: 'code-unknown' });
  const stored = await api.em().execute('select code_hash from link_code where user_id = ?', [anna.id]);
  expect(JSON.stringify(stored)).not.toContain(code);
  expect(await linkByCode(api.em(), { ...shown, code })).toMatchObject({ kind: 'linked', userId: anna.id });
  expect(await linkByCode(api.em(), { ...shown, personId: '78', code })).toEqual({ kind: 'code-unknown' });
});

test('nobody makes codes without end, and nobody makes one without being signed in', async () => {
  const boris = await addPerson(api);
  const ask = async () => (await api.call('POST', '/api/me/link-codes', { headers: boris.headers })).status;
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 12; attempt += 1) statuses.push(await ask());
  expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 201));
  expect(statuses.at(-1)).toBe(429);
  expect((await api.call('POST', '/api/me/link-codes')).status).toBe(401);
});
