import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addOwned } from './owned.ts';
import { addPerson, type Person } from './people.ts';
import { pick, startApi, type Reply, type TestApi } from './support.ts';

let api: TestApi;
let person: Person;
beforeAll(async () => {
  api = await startApi();
});
beforeEach(async () => {
  person = await addPerson(api);
});
afterAll(async () => {
  await api.stop();
});

const call = async (method: string, path: string, body?: unknown): Promise<Reply> =>
  await api.call(method, path, { headers: person.headers, ...(body !== undefined && { body }) });
const type = (reply: Reply): unknown => pick(reply, 'type');

describe('an API profile', () => {
  const profile = { apiId: 12_345, apiHash: 'ab'.repeat(16), name: 'mine' };

  test('is added once: a second one names the first', async () => {
    const added = await call('POST', '/api/api-profiles', profile);
    expect(added).toMatchObject({ status: 201, json: { apiId: 12_345, accounts: 0 } });
    const again = await call('POST', '/api/api-profiles', { ...profile, name: 'again' });
    expect(again).toMatchObject({ status: 409, json: { existingId: pick(added, 'id') } });
  });

  test('is kept while accounts use it', async () => {
    await addOwned(api, person.id, 'accounts');
    const id = String(pick(await call('GET', '/api/api-profiles'), 'items.0.id'));
    expect(type(await call('DELETE', `/api/api-profiles/${id}`))).toBe('/problems/api-profile-in-use');
    const account = String(pick(await call('GET', '/api/accounts'), 'items.0.id'));
    await call('DELETE', `/api/accounts/${account}?entirely=true`);
    expect((await call('DELETE', `/api/api-profiles/${id}`)).status).toBe(204);
  });
});

describe('a Telegram sign-in', () => {
  const begin = async (brings: object = { phone: '8 900 555-01-99' }): Promise<Reply> => {
    const apiProfileId = await addOwned(api, person.id, 'api-profiles');
    return await call('POST', '/api/telegram-logins', { apiProfileId, ...brings });
  };

  test('goes by phone number, code and password, each sealed in its row until it is used', async () => {
    const begun = await begin();
    expect(begun).toMatchObject({ status: 201, json: { step: 'code', codeLength: 5, phoneLast4: '0199' } });
    const path = begun.headers.get('location') ?? '';
    expect(await call('POST', `${path}/code`, { code: '22 222' })).toMatchObject({
      status: 200,
      json: { step: 'password' },
    });
    expect(await call('POST', `${path}/password`, { password: 'mine' })).toMatchObject({ json: { step: 'done' } });
    expect(api.temporal.calls.slice(-3)).toEqual(['login', 'login code', 'login password']);
  });

  test('refuses what it did not ask for', async () => {
    const path = (await begin()).headers.get('location') ?? '';
    expect(type(await call('POST', `${path}/password`, { password: 'x' }))).toBe('/problems/login-step');
    await call('DELETE', path);
    expect(await call('GET', path)).toMatchObject({ json: { step: 'cancelled' } });
    expect(type(await call('POST', `${path}/code`, { code: '22222' }))).toBe('/problems/login-step');
  });

  test('says how long Telegram wants to be left alone', async () => {
    const path = (await begin()).headers.get('location') ?? '';
    await api
      .em()
      .execute(`update telegram_login set retry_at = now() + interval '90 s' where user_id = ?`, [person.id]);
    for (const [step, body] of [
      ['code', { code: '22222' }],
      ['resend', undefined],
    ] as const) {
      const reply = await call('POST', `${path}/${step}`, body);
      expect(reply.status).toBe(429);
      expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(85);
    }
  });

  test('is over after ten minutes', async () => {
    const path = (await begin()).headers.get('location') ?? '';
    await api.em().execute(`update telegram_login set expires_at = now() where user_id = ?`, [person.id]);
    expect(await call('GET', path)).toMatchObject({ json: { step: 'failed', errorCode: 'LOGIN_EXPIRED' } });
    expect(type(await call('POST', `${path}/code`, { code: '22222' }))).toBe('/problems/login-over');
  });

  test('is not needed for a number that is signed in, but for one that was forgotten', async () => {
    const account = await addOwned(api, person.id, 'accounts');
    expect(type(await begin())).toBe('/problems/account-exists');
    await call('DELETE', `/api/accounts/${account}`);
    expect(await begin({ phone: '+79005550199', accountId: account })).toMatchObject({ status: 201 });
  });

  test('may bring a session string instead', async () => {
    expect(await begin({ session: 'x'.repeat(300) })).toMatchObject({
      status: 201,
      json: { kind: 'import', phoneLast4: null },
    });
  });

  test.each([{ phone: 'call me' }, {}, { phone: '+79005550100', session: 'x'.repeat(300) }])(
    'needs one of both: %j',
    async (brings) => {
      expect((await begin(brings)).status).toBe(422);
    },
  );
});

describe('an account', () => {
  test('is refreshed in real stages, a line for each', async () => {
    const id = await addOwned(api, person.id, 'accounts');
    const reply = await call('POST', `/api/accounts/${id}/refresh`);
    expect(reply.headers.get('content-type')).toContain('application/x-ndjson');
    const lines = String(reply.json)
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines).toMatchObject([
      ...['connect', 'profile', 'stars', 'premium', 'save'].map((stage) => ({ stage })),
      { stage: 'done', account: { id, stars: 77 } },
    ]);
  });

  test('says in its last line what went wrong', async () => {
    const id = await addOwned(api, person.id, 'accounts');
    const usual = api.temporal.refresh;
    api.temporal.refresh = [{ stages: ['connect'], error: 'AUTH_KEY_UNREGISTERED' }];
    const reply = await call('POST', `/api/accounts/${id}/refresh`);
    api.temporal.refresh = usual;
    expect(String(reply.json)).toMatch(/^{"stage":"connect"}\n{"error":"AUTH_KEY_UNREGISTERED","account":{/);
  });

  test('that is forgotten keeps its row, loses its session and its lease, and asks for a new login', async () => {
    const id = await addOwned(api, person.id, 'accounts');
    await api.em().execute(`update telegram_account set lease_host = 'h', lease_until = now() where id = ?`, [id]);
    expect((await call('DELETE', `/api/accounts/${id}`)).status).toBe(204);
    expect(await call('GET', `/api/accounts/${id}`)).toMatchObject({ json: { state: 'revoked', isSignedIn: false } });
    const [row] = await api
      .em()
      .execute('select session, phone, lease_host, lease_fence from telegram_account where id = ?', [id]);
    expect(row).toEqual({ session: null, phone: null, lease_host: null, lease_fence: '1' });
    expect(type(await call('POST', `/api/accounts/${id}/refresh`))).toBe('/problems/account-signed-out');
  });
});

describe('a channel', () => {
  test('is checked with the accounts, and added once', async () => {
    const added = await call('POST', '/api/channels', { target: '@my_gifts', priceMax: 500 });
    expect(added).toMatchObject({
      status: 201,
      json: { channelId: '-1001234567890', title: 'Мои подарки', priceMax: 500 },
    });
    for (const target of ['@my_gifts', '@MY_GIFTS', '-1001234567890', '@another_name'])
      expect(await call('POST', '/api/channels', { target })).toMatchObject({
        status: 409,
        json: { existingId: pick(added, 'id') },
      });
  });

  test('that no account knows is refused', async () => {
    expect(type(await call('POST', '/api/channels', { target: '@nobody_knows' }))).toBe('/problems/channel-unknown');
  });

  test.each([
    [{ priceMin: -1 }, 'priceMin'],
    [{ priceMin: 5, priceMax: 4 }, 'priceMax'],
    [{ supplyMax: 1.5 }, 'supplyMax'],
    [{ target: 'my channel' }, 'target'],
  ])('is refused with %j', async (wrong, path) => {
    const reply = await call('POST', '/api/channels', { target: '@my_gifts', ...wrong });
    expect(reply).toMatchObject({ status: 422, json: { errors: [{ path }] } });
  });

  test('keeps its bounds in order when only one of them is changed', async () => {
    const added = await call('POST', '/api/channels', { target: '@my_gifts', priceMin: 10, priceMax: 20 });
    const path = added.headers.get('location') ?? '';
    expect(await call('PATCH', path, { priceMax: 9 })).toMatchObject({
      status: 422,
      json: { errors: [{ path: 'priceMax' }] },
    });
    expect(await call('PATCH', path, { priceMax: null })).toMatchObject({
      status: 200,
      json: { priceMin: 10, priceMax: null },
    });
    expect(await call('PATCH', path, { priceMin: -5 })).toMatchObject({ status: 422 });
  });
});

describe('settings', () => {
  const change = async (body: object): Promise<Reply> => await call('PATCH', '/api/settings', body);

  test('take automatic buying with a cap, or with the word that none is meant', async () => {
    expect(await change({ autobuyOn: true })).toMatchObject({ status: 422, json: { errors: [{ path: 'autobuyOn' }] } });
    const on = await change({ autobuyOn: true, capDayStars: 100 });
    expect(on).toMatchObject({ status: 200, json: { autobuyOn: true, capDayStars: 100 } });
    expect(pick(on, 'autobuyOnSince')).toEqual(expect.any(String));
    expect((await change({ capDayStars: null })).status).toBe(422);
    expect((await change({ capDayStars: null, buyWithoutCap: true })).status).toBe(200);
    expect(await change({ autobuyOn: false })).toMatchObject({ json: { autobuyOnSince: null } });
  });

  test('keep what is not given', async () => {
    await change({
      notifyChats: ['-100123', '-100123', '5'],
      excludedGiftIds: ['5170233102089322756'],
      maxPriceStars: 50,
    });
    expect(await change({ quietFrom: '23:00', quietTo: '07:30' })).toMatchObject({
      json: {
        notifyChats: ['-100123', '5'],
        excludedGiftIds: ['5170233102089322756'],
        maxPriceStars: 50,
        quietFrom: '23:00',
      },
    });
    expect((await change({ quietTo: null })).status).toBe(422);
  });

  test("take a bot's token that Telegram knows, and never show it", async () => {
    const token = `123456:${'A'.repeat(35)}`;
    expect(await change({ botToken: token })).toMatchObject({ status: 200, json: { botUsername: 'my_bot' } });
    expect(type(await change({ botToken: `404:${'A'.repeat(35)}`, maxPriceStars: 7 }))).toBe(
      '/problems/bot-token-invalid',
    );
    const now = await call('GET', '/api/settings');
    expect(now).toMatchObject({ json: { botUsername: 'my_bot', maxPriceStars: null } });
    expect(JSON.stringify(now.json)).not.toContain('AAAA');
    expect(await change({ botToken: null })).toMatchObject({ json: { botUsername: null } });
  });
});

describe('the audit log', () => {
  test('says who did what, from where, with what result; a page at a time', async () => {
    await call('PATCH', '/api/settings', { maxPriceStars: 5 });
    await call('POST', '/api/channels', { target: '@my_gifts' });
    await api.call('POST', '/api/auth/login', { body: { name: person.name, password: 'wrong wrong wrong' } });
    const actions: unknown[] = [];
    let cursor = '';
    for (;;) {
      const page = await call('GET', `/api/audit?limit=2${cursor}`);
      actions.push(pick(page, 'items.0.action'), pick(page, 'items.1.action'));
      if (pick(page, 'nextCursor') === null) break;
      cursor = `&cursor=${String(pick(page, 'nextCursor'))}`;
    }
    expect(actions.filter((action) => action !== undefined)).toEqual([
      ...['session.opened', 'channel.added', 'settings.changed', 'session.opened', 'user.registered'],
    ]);
    expect(await call('GET', '/api/audit?action=session&result=refused')).toMatchObject({
      json: { items: [{ userId: person.id, ip: '127.0.0.1', result: 'refused' }] },
    });
    expect(await call('GET', '/api/audit?action=settings')).toMatchObject({
      json: { items: [{ details: { maxPriceStars: 5 } }] },
    });
    expect(pick(await call('GET', '/api/audit?to=2020-01-01T00:00:00Z'), 'items')).toEqual([]);
  });

  test("shows others' entries to operators alone", async () => {
    const operator = await addPerson(api, 'operator');
    const read = async (reader: Person, whose: string) =>
      await api.call('GET', `/api/audit?user=${whose}`, { headers: reader.headers });
    expect((await read(person, operator.id)).status).toBe(403);
    expect((await read(person, 'all')).status).toBe(403);
    expect(await read(operator, person.id)).toMatchObject({
      status: 200,
      json: { items: [{ userName: person.name }, {}] },
    });
    expect(JSON.stringify((await read(operator, 'all')).json)).toContain(person.id);
  });
});
