import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addPerson, PASSWORD } from './people.ts';
import { pick, startApi, type Reply, type TestApi } from './support.ts';

let api: TestApi;
/** Behind a proxy that names the client: each test comes from addresses of its own. */
let url: string;
beforeAll(async () => {
  api = await startApi();
  url = await api.serve({ trustProxy: 1 });
});
afterAll(async () => {
  await api.stop();
});

const from = (ip: string) => ({ 'x-forwarded-for': ip });
const post = async (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> =>
  await api.call('POST', path, { url, body, headers });

describe('wrong credentials', () => {
  test('are 401 with the same words, whether the name is known or not', async () => {
    const person = await addPerson(api);
    const details = await Promise.all(
      [person.name, 'nobody_at_all'].map(async (name) => {
        const reply = await post('/api/auth/login', { name, password: 'wrong wrong wrong' }, from('192.0.2.60'));
        expect(reply.status).toBe(401);
        return pick(reply, 'detail');
      }),
    );
    expect(details[0]).toBe(details[1]);
  });

  test('slow down who guesses, and nobody else', async () => {
    const person = await addPerson(api);
    const attempt = async (ip: string, password = 'wrong wrong wrong') =>
      await post('/api/auth/login', { name: person.name, password }, from(ip));
    for (let count = 0; count < 5; count += 1) expect((await attempt('192.0.2.1')).status).toBe(401);
    const refused = await attempt('192.0.2.1', PASSWORD);
    expect(refused).toMatchObject({ status: 429, json: { type: '/problems/too-many-attempts' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await attempt('192.0.2.2', PASSWORD)).status).toBe(200);
    const neighbour = await addPerson(api);
    const reply = await post('/api/auth/login', { name: neighbour.name, password: PASSWORD }, from('192.0.2.1'));
    expect(reply.status).toBe(200);
  });

  test('do not get through by being many at once', async () => {
    const person = await addPerson(api);
    const replies = await Promise.all(
      Array.from(
        { length: 12 },
        async () =>
          await post('/api/auth/login', { name: person.name, password: 'wrong wrong wrong' }, from('192.0.2.3')),
      ),
    );
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(5);
  });

  test('wait twice as long each time, and are forgotten after a success', async () => {
    const person = await addPerson(api);
    const key = { name: person.name, password: 'wrong wrong wrong' };
    const waits: number[] = [];
    for (let count = 0; count < 8; count += 1) {
      await api.em().execute('update sign_in_attempt set blocked_until = null');
      await post('/api/auth/login', key, from('192.0.2.4'));
      const [row] = await api
        .em()
        .execute<{ ms: number | null }[]>(
          `select (extract(epoch from max(blocked_until - tried_at)) * 1000)::float8 as ms from sign_in_attempt`,
        );
      waits.push(Math.round((row?.ms ?? 0) / 1000));
    }
    await api.em().execute('update sign_in_attempt set blocked_until = null');
    expect(waits.slice(4)).toEqual([1, 2, 4, 8]);
    await post('/api/auth/login', { ...key, password: PASSWORD }, from('192.0.2.4'));
    expect((await post('/api/auth/login', key, from('192.0.2.4'))).status).toBe(401);
  });

  test('from one address under many names are slowed down, too', async () => {
    const statuses: number[] = [];
    for (let count = 0; count < 32; count += 1) {
      const body = { name: `nobody${count}`, password: 'wrong wrong wrong' };
      statuses.push((await post('/api/auth/login', body, from('2001:db8::1'))).status);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(30);
    const same = await post('/api/auth/login', { name: 'somebody', password: 'x' }, from('2001:db8::2'));
    expect(same.status).toBe(429);
  });
});

test('registering from one address goes on slowly after ten', async () => {
  await addPerson(api, 'user', 'olga');
  const statuses: number[] = [];
  for (let count = 0; count < 12; count += 1)
    statuses.push((await post('/api/auth/register', { name: 'olga', password: PASSWORD }, from('192.0.2.50'))).status);
  expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 409));
  expect(statuses.at(-1)).toBe(429);
});
