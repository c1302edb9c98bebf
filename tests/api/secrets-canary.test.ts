import { afterAll, beforeAll, expect, test } from 'vitest';
import { addTelegramLogin } from '../../db/repositories/telegram-logins.ts';
import { API_HASH, PHONE, SESSION, addOwned } from './owned.ts';
import { addPerson, PASSWORD, type Person } from './people.ts';
import { TEST_SECRETS } from './recording-accounts.ts';
import { pick, startApi, type Reply, type TestApi } from './support.ts';

const BOT_TOKEN = '123456:CANARY-bot-token-of-the-user-0123456789';
const CODE = '8675309';
const TWO_FACTOR = 'canary password of two-step verification';

let api: TestApi;
let person: Person;
/** Everything that the API answered. */
const answers: string[] = [];
const tokens: string[] = [];
beforeAll(async () => {
  api = await startApi();
  person = await addPerson(api, 'owner');
});
afterAll(async () => {
  await api.stop();
});

async function call(method: string, path: string, body?: unknown): Promise<Reply> {
  const key = method === 'POST' ? { 'idempotency-key': `canary-${answers.length}` } : {};
  const reply = await api.call(method, path, {
    headers: { ...person.headers, ...key },
    ...(body !== undefined && { body }),
  });
  answers.push(JSON.stringify([reply.json, [...reply.headers]]));
  return reply;
}

/** The whole database as text, table by table. */
async function dump(): Promise<string> {
  const tables = await api
    .em()
    .execute<{ name: string }[]>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
  const rows = await Promise.all(
    tables.map(async ({ name }) => await api.em().execute(`select t::text as row from "${name}" as t`)),
  );
  return JSON.stringify(rows);
}

test('what is secret is in no answer, in no log line and nowhere in the database in clear', async () => {
  api.temporal.continueLogin = async () => 'code'; // the typed code stays in its row, as while a worker is away
  await api.call('POST', '/api/auth/login', { body: { name: person.name, password: PASSWORD } });
  await addOwned(api, person.id, 'accounts');
  const profile = await call('POST', '/api/api-profiles', { apiId: 4242, apiHash: API_HASH, name: 'mine' });
  const apiProfileId = String(pick(profile, 'id'));
  const login = await call('POST', '/api/telegram-logins', { apiProfileId, phone: '+7 900 555-01-77' });
  const path = login.headers.get('location') ?? '';
  await call('POST', `${path}/code`, { code: CODE });
  await call('GET', path);
  const imported = await call('POST', '/api/telegram-logins', { apiProfileId, session: SESSION });
  expect(imported.status).toBe(201);
  const id = '00000000-0000-4000-8000-000000000001';
  const actor = { userId: person.id, ip: null };
  const vault = { em: api.em(), secrets: TEST_SECRETS };
  await addTelegramLogin(vault, actor, { id, apiProfileId, accountId: null, brings: { phone: PHONE } });
  await api.em().execute(`update telegram_login set step = 'password' where id = ?`, [id]);
  await call('POST', `/api/telegram-logins/${id}/password`, { password: TWO_FACTOR });
  await call('PATCH', '/api/settings', { botToken: BOT_TOKEN });
  const made = await api.call('POST', '/api/tokens', {
    body: { name: 'x', scopes: ['read'] },
    headers: person.headers,
  });
  tokens.push(String(pick(made, 'token')), person.headers.cookie.split('=')[1] ?? '');
  for (const list of ['accounts', 'api-profiles', 'settings', 'sessions', 'tokens', 'audit?user=all&limit=200', 'me'])
    expect((await call('GET', `/api/${list}`)).status).toBe(200);

  const places = { answers: answers.join('\n'), log: api.lines.join('\n'), database: await dump() };
  const secrets = [BOT_TOKEN, API_HASH, CODE, TWO_FACTOR, PHONE, '79005550177', SESSION, PASSWORD, ...tokens];
  for (const [place, text] of Object.entries(places)) {
    expect(text.length).toBeGreaterThan(1000);
    for (const secret of secrets) expect(text.includes(secret), `${secret.slice(0, 12)}… in the ${place}`).toBe(false);
  }
});
