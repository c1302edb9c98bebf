import { createHash, createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addPerson, PASSWORD, signedIn } from './people.ts';
import { pick, startApi, type Reply, type TestApi } from './support.ts';

const BOT_TOKEN = '7000000001:AAbotTokenOfTheProgramItself_0123456';
const OPERATOR_TOKEN = 'kJ8vQ2xWm4ZrT7pLs9Yb3Nc6';
let api: TestApi;
let url: string;
beforeAll(async () => {
  api = await startApi();
  url = await api.serve({ trustProxy: 1 }, { ownBots: { telegram: BOT_TOKEN, max: null } });
});
afterAll(async () => {
  await api.stop();
});

const post = async (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> =>
  await api.call('POST', path, { url, body, headers });
const cookieOf = (reply: Reply): string => reply.headers.get('set-cookie') ?? '';
const session = (reply: Reply) => ({ cookie: cookieOf(reply).split(';', 1)[0] ?? '' });
const me = async (headers: Record<string, string>): Promise<Reply> =>
  await api.call('GET', '/api/me', { url, headers });

describe('registering', () => {
  test('makes the first user owner and the others users, and signs them in', async () => {
    const first = await post('/api/auth/register', { name: 'Мария', password: PASSWORD, zone: 'Europe/Moscow' });
    expect(first).toMatchObject({ status: 201, json: { name: 'Мария', role: 'owner', zone: 'Europe/Moscow' } });
    const second = await post('/api/auth/register', { name: 'ivan', password: PASSWORD });
    expect(second).toMatchObject({ status: 201, json: { role: 'user', language: 'ru' } });
    expect(await me(session(second))).toMatchObject({ status: 200, json: { name: 'ivan' } });
  });

  test('two at once do not both become owner', async () => {
    await api.em().execute('delete from app_user');
    const replies = await Promise.all(
      ['anna', 'boris', 'clara'].map((name) => post('/api/auth/register', { name, password: PASSWORD })),
    );
    expect(replies.map((reply) => pick(reply, 'role')).filter((role) => role === 'owner')).toHaveLength(1);
  });

  test('keeps a name to itself, whatever its case', async () => {
    await post('/api/auth/register', { name: 'Olga', password: PASSWORD });
    const reply = await post('/api/auth/register', { name: 'OLGA', password: PASSWORD });
    expect(reply).toMatchObject({ status: 409, json: { type: '/problems/name-taken' } });
  });

  test.each([
    [{ name: 'x', password: PASSWORD }, 'name'],
    [{ name: 'pavel', password: 'short' }, 'password'],
    [{ name: 'pavel', password: 'Password1234' }, 'password'],
    [{ name: 'pavel', password: PASSWORD, zone: 'Mars/Base' }, 'zone'],
  ])('%j is refused for its %s', async (body, path) => {
    expect(await post('/api/auth/register', body)).toMatchObject({ status: 422, json: { errors: [{ path }] } });
  });
});

describe('the session', () => {
  test('is a cookie that no script reads and no other site sends, for seven days, Secure behind TLS', async () => {
    const person = await addPerson(api);
    const plain = await post('/api/auth/login', { name: person.name, password: PASSWORD });
    expect(cookieOf(plain)).toMatch(/^gifty_session=[\w-]{43}; Max-Age=604800; Path=\/; .*HttpOnly; SameSite=Strict$/);
    const tls = await post(
      '/api/auth/login',
      { name: person.name, password: PASSWORD },
      { 'x-forwarded-proto': 'https' },
    );
    expect(cookieOf(tls)).toContain('; Secure');
  });

  test('is stored hashed', async () => {
    const person = await addPerson(api);
    const { cookie } = session(await post('/api/auth/login', { name: person.name, password: PASSWORD }));
    const token = cookie.split('=')[1] ?? '';
    const rows = JSON.stringify(await api.em().execute('select * from session'));
    expect(rows).not.toContain(token);
    expect(rows).toContain(createHash('sha256').update(token).digest('hex'));
  });

  test('is another one after each sign-in, and the one before is over', async () => {
    const person = await addPerson(api);
    const first = await post('/api/auth/login', { name: person.name, password: PASSWORD }, person.headers);
    expect((await me(person.headers)).status).toBe(401);
    const second = await post('/api/auth/login', { name: person.name, password: PASSWORD }, session(first));
    expect([(await me(session(first))).status, (await me(session(second))).status]).toEqual([401, 200]);
  });

  test('ends with logging out, which takes the cookie away', async () => {
    const person = await addPerson(api);
    const reply = await post('/api/auth/logout', undefined, person.headers);
    expect(reply.status).toBe(204);
    expect(cookieOf(reply)).toMatch(/^gifty_session=;.*Expires=Thu, 01 Jan 1970/);
    expect((await me(person.headers)).status).toBe(401);
  });

  test('runs out', async () => {
    const person = await addPerson(api);
    await api.em().execute(`update session set expires_at = now() - interval '1 s' where user_id = ?`, [person.id]);
    expect((await me(person.headers)).status).toBe(401);
  });

  test('can be ended from another one; all others at once, too', async () => {
    const person = await addPerson(api);
    const [other, third] = [await signedIn(api, person.id), await signedIn(api, person.id)];
    const list = await api.call('GET', '/api/sessions', { headers: other });
    expect(pick(list, 'items')).toHaveLength(3);
    const ended = await api.call('DELETE', '/api/sessions', { headers: third });
    expect(ended).toMatchObject({ status: 200, json: { ended: 2 } });
    expect([(await me(other)).status, (await me(third)).status]).toEqual([401, 200]);
  });

  test('of other browsers ends with another password', async () => {
    const person = await addPerson(api);
    const other = await signedIn(api, person.id);
    const change = async (current: string, next: string) =>
      await api.call('PUT', '/api/me/password', { url, body: { current, next }, headers: person.headers });
    expect((await change('wrong wrong wrong', 'another lamp and kettle')).status).toBe(401);
    expect(await change(PASSWORD, 'short')).toMatchObject({ status: 422, json: { errors: [{ path: 'next' }] } });
    expect((await change(PASSWORD, 'another lamp and kettle')).status).toBe(204);
    expect([(await me(other)).status, (await me(person.headers)).status]).toEqual([401, 200]);
    const login = await post('/api/auth/login', { name: person.name, password: 'another lamp and kettle' });
    expect(login.status).toBe(200);
  });
});

describe('a messenger', () => {
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text);
  const initData = (id: number, { at = Date.now(), token = BOT_TOKEN } = {}): string => {
    const fields = { auth_date: String(Math.floor(at / 1000)), query_id: 'AAF', user: JSON.stringify({ id }) };
    const text = Object.entries(fields)
      .map(([name, value]) => `${name}=${value}`)
      .join('\n');
    const hash = hmac(hmac('WebAppData', token).digest(), text).digest('hex');
    return new URLSearchParams({ ...fields, hash }).toString();
  };
  const signIn = async (body: unknown) => await post('/api/auth/messengers/telegram', body);

  test('vouches for a person who was linked, by its Mini App and by its widget', async () => {
    const person = await addPerson(api);
    expect((await signIn({ initData: initData(7001) })).status).toBe(409);
    const link = { url, body: { initData: initData(7001) }, headers: person.headers };
    expect(await api.call('PUT', '/api/me/messengers/telegram', link)).toMatchObject({
      status: 200,
      json: { telegramId: '7001' },
    });
    const reply = await signIn({ initData: initData(7001) });
    expect(reply).toMatchObject({ status: 200, json: { id: person.id } });
    expect((await me(session(reply))).status).toBe(200);
    const fields = { auth_date: Math.floor(Date.now() / 1000), first_name: 'Анна', id: 7001 };
    const text = Object.entries(fields)
      .map(([name, value]) => `${name}=${value}`)
      .join('\n');
    const hash = hmac(createHash('sha256').update(BOT_TOKEN).digest(), text).digest('hex');
    expect((await signIn({ widget: { ...fields, hash } })).status).toBe(200);
  });

  test.each([
    ['of another bot', () => initData(7001, { token: 'another' })],
    ['of two hours ago', () => initData(7001, { at: Date.now() - 7_200_000 })],
    ['for somebody else', () => initData(7001).replace('7001', '7002')],
    ['that is nonsense', () => 'hash=00'],
  ])('is not believed with a signature %s', async (_name, make) => {
    expect(await signIn({ initData: make() })).toMatchObject({
      status: 401,
      json: { type: '/problems/signature-invalid' },
    });
  });

  test('knows one user only, until he parts from it', async () => {
    const [first, second] = [await addPerson(api), await addPerson(api)];
    const link = async ({ headers }: { readonly headers: Record<string, string> }) =>
      (await api.call('PUT', '/api/me/messengers/telegram', { url, body: { initData: initData(7003) }, headers }))
        .status;
    expect([await link(first), await link(second)]).toEqual([200, 409]);
    await api.call('DELETE', '/api/me/messengers/telegram', { url, headers: first.headers });
    expect(await link(second)).toBe(200);
  });

  test('that the program has no bot in says so', async () => {
    expect(await post('/api/auth/messengers/max', { initData: initData(1) })).toMatchObject({
      status: 409,
      json: { type: '/problems/messenger-not-configured' },
    });
  });
});

describe('an API token', () => {
  test('does what its scopes say, and nothing that takes a person', async () => {
    const person = await addPerson(api);
    const body = { name: 'machine', scopes: ['read'] };
    const made = await post('/api/tokens', body, person.headers);
    expect(made.status).toBe(201);
    const headers = { authorization: `Bearer ${String(pick(made, 'token'))}` };
    expect((await me(headers)).status).toBe(200);
    const change = await api.call('PATCH', '/api/settings', { url, body: { notifyDms: false }, headers });
    expect(change).toMatchObject({ status: 403, json: { type: '/problems/forbidden' } });
    expect((await post('/api/tokens', body, headers)).status).toBe(403);
    expect(JSON.stringify((await api.call('GET', '/api/tokens', { headers: person.headers })).json)).not.toContain(
      'gifty_',
    );
    await api.call('DELETE', `/api/tokens/${String(pick(made, 'id'))}`, { headers: person.headers });
    expect((await me(headers)).status).toBe(401);
  });

  test('that nobody made is 401', async () => {
    expect((await me({ authorization: `Bearer gifty_${'A'.repeat(43)}` })).status).toBe(401);
    expect((await me({ authorization: 'Bearer nonsense' })).status).toBe(401);
  });
});

describe('the shared parts of the program', () => {
  test.each([
    ['user', 403],
    ['operator', 200],
    ['owner', 200],
  ] as const)('with an operator token set, a signed-in %s gets %i', async (role, status) => {
    const person = await addPerson(api, role);
    const secured = await api.serve({ operatorToken: OPERATOR_TOKEN });
    expect((await api.call('GET', '/api/sources', { url: secured, headers: person.headers })).status).toBe(status);
  });

  test("are for an operator's token when it says «operate»", async () => {
    const person = await addPerson(api, 'operator');
    const secured = await api.serve({ operatorToken: OPERATOR_TOKEN });
    for (const [scope, status] of [
      ['read', 403],
      ['operate', 200],
    ] as const) {
      const made = await post('/api/tokens', { name: scope, scopes: [scope] }, person.headers);
      const headers = { authorization: `Bearer ${String(pick(made, 'token'))}` };
      expect((await api.call('GET', '/api/sources', { url: secured, headers })).status).toBe(status);
    }
  });

  test("the operator token is nobody: it does not get what is a person's", async () => {
    const secured = await api.serve({ operatorToken: OPERATOR_TOKEN });
    const headers = { authorization: `Bearer ${OPERATOR_TOKEN}` };
    expect((await api.call('GET', '/api/settings', { url: secured, headers })).status).toBe(401);
  });
});

test('the page of another site changes nothing, even with the cookie', async () => {
  const person = await addPerson(api);
  const headers = { ...person.headers, origin: 'https://evil.example' };
  expect((await api.call('PATCH', '/api/settings', { body: { notifyDms: false }, headers })).status).toBe(403);
});
