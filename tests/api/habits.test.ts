import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, type Person } from './people.ts';
import { pick, startApi, type Reply, type TestApi } from './support.ts';

let api: TestApi;
let anna: Person;
let boris: Person;
beforeAll(async () => {
  api = await startApi();
  await addPerson(api, 'owner');
  anna = await addPerson(api);
  boris = await addPerson(api);
});
afterAll(async () => {
  await api.stop();
});

const call = async (method: string, path: string, body?: unknown): Promise<Reply> =>
  await api.call(method, `/api/habits${path}`, { headers: anna.headers, ...(body !== undefined && { body }) });
const bytesOf = async (path: string): Promise<Uint8Array<ArrayBuffer>> => {
  const response = await fetch(`${api.url}/api/habits${path}`, { headers: anna.headers });
  expect(response.status).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
};
const begin = async (body: object): Promise<string> => String(pick(await call('POST', '', body), 'id'));

test('a habit is begun, ticked, skipped, undone, and its figures follow', async () => {
  const id = await begin({ name: 'Read', kind: 'at-least', unit: 'pages', goal: { target: 20 }, pressAdds: 5 });
  const today = String(pick(await call('GET', `/${id}`), 'today.date'));
  expect(pick(await call('PUT', `/${id}/entries/${today}`, { mark: 12.5, note: 'on the train' }), 'mark')).toBe(12.5);
  expect(pick(await call('GET', `/${id}`), 'today')).toMatchObject({ standing: 'partly', amount: 12.5 });
  await call('PUT', `/${id}/entries/${today}`, { mark: 20 });
  const list = await call('GET', '');
  expect(pick(list, 'items.0')).toMatchObject({ id, today: { standing: 'done' }, streak: { length: 1, active: 1 } });
  expect(pick(await call('GET', `/${id}/entries?from=${today}&to=${today}`), 'items')).toEqual([
    { date: today, mark: 20, note: 'on the train' },
  ]);
  expect(pick(await call('GET', `/${id}/statistics`), 'strength')).toBeCloseTo(0.0519, 3);
  expect((await call('PUT', `/${id}/entries/2199-01-01`, { mark: 20 })).status).toBe(422);
  expect((await call('PUT', `/${id}/entries/${today}`, { mark: 'done' })).status).toBe(422);
  expect((await call('DELETE', `/${id}/entries/${today}`)).status).toBe(204);
  expect(pick(await call('GET', `/${id}/entries`), 'items')).toEqual([]);
  expect((await call('DELETE', `/${id}`)).status).toBe(204);
  expect((await call('GET', `/${id}`)).status).toBe(404);
});

test('a pause, the archive, and a definition that cannot be', async () => {
  const id = await begin({ name: 'Run', goal: { times: 3, days: 7 } });
  const paused = await call('POST', `/${id}/pause`, { from: '2027-01-01', to: '2027-01-31' });
  expect(pick(paused, 'pauses')).toEqual([{ from: '2027-01-01', to: '2027-01-31' }]);
  expect((await call('POST', `/${id}/pause`, { from: '2027-02-02', to: '2027-02-01' })).status).toBe(422);
  expect(pick(await call('POST', `/${id}/resume`), 'pauses')).toEqual([]);
  expect(pick(await call('POST', `/${id}/archive`), 'archived')).toBe(true);
  expect(pick(await call('GET', '?archived=true'), 'items.0.id')).toBe(id);
  expect(pick(await call('POST', `/${id}/restore`), 'archived')).toBe(false);
  const wrong = await call('POST', '', { name: 'X', goal: { times: 8, days: 7 }, unit: 'km' });
  expect(wrong.status).toBe(422);
  expect(pick(wrong, 'detail')).toMatch(/unit: a yes\/no habit has none.*goal\.times/);
});

test('pictures come as SVG and as PNG, in both themes and for a year', async () => {
  const id = await begin({ name: 'Зарядка <b>' });
  const svg = await call('GET', `/${id}/heat-map.svg?theme=dark&year=2026`);
  expect(svg.headers.get('content-type')).toBe('image/svg+xml');
  expect(svg.json).toContain('Зарядка &lt;b&gt;');
  for (const path of ['heat-map.png', 'strength.png?theme=dark']) {
    const png = await bytesOf(`/${id}/${path}`);
    expect([...png.slice(1, 4)].map((byte) => String.fromCharCode(byte)).join('')).toBe('PNG');
  }
  expect((await call('GET', `/${id}/strength.svg?theme=pink`)).status).toBe(422);
});

test('all habits go out as a zip and come in again, once', async () => {
  const zip = await bytesOf('/archive');
  const put = async (body: Uint8Array<ArrayBuffer>, type = 'application/zip') =>
    await fetch(`${api.url}/api/habits/archive`, {
      ...{ method: 'PUT', headers: { ...boris.headers, 'content-type': type }, body },
    });
  const first: unknown = await (await put(zip)).json();
  expect(first).toMatchObject({ problems: [], habits: [{ name: 'Run', isNew: true }, { isNew: true }] });
  const second: unknown = await (await put(zip)).json();
  expect(second).toMatchObject({
    habits: [
      { isNew: false, days: 0 },
      { isNew: false, days: 0 },
    ],
  });
  const his = await api.call('GET', '/api/habits', { headers: boris.headers });
  expect(pick(his, 'items')).toHaveLength(2);
  expect((await put(new Uint8Array([1, 2, 3]))).status).toBe(422);
  expect((await put(zip, 'application/json')).status).toBe(400);
  expect((await put(zip, 'text/plain')).status).toBe(415);
  expect((await put(new Uint8Array(11_000_000))).status).toBe(413);
});
