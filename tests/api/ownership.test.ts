import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { addExampleAccount, addOwned, ownedKind, type OwnedKind } from './owned.ts';
import { addPerson, signedIn, type Person } from './people.ts';
import { startApi, type TestApi } from './support.ts';

const Operation = z.looseObject({
  operationId: z.string(),
  security: z.array(z.record(z.string(), z.unknown())),
  requestBody: z
    .object({ content: z.object({ 'application/json': z.object({ example: z.unknown() }).optional() }) })
    .optional(),
});
const Document = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), Operation)) });

let api: TestApi;
let owner: Person;
let other: Person;
beforeAll(async () => {
  api = await startApi();
  await addPerson(api, 'owner');
  owner = await addPerson(api);
  other = await addPerson(api);
  await addExampleAccount(api, owner.id);
});
afterAll(async () => {
  await api.stop();
});

interface Case {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** Every operation that takes somebody who is signed in, with an id in its address. */
async function cases(): Promise<Case[]> {
  const { paths } = Document.parse((await api.call('GET', '/openapi.json')).json);
  return Object.entries(paths)
    .filter(([path]) => path.includes('{id}'))
    .flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(
          ([, { security }]) => security.some((way) => 'session' in way) && !security.some((way) => 'operator' in way),
        )
        .map(([method, { requestBody }]) => {
          const body = requestBody?.content['application/json']?.example;
          return { method: method.toUpperCase(), path, body };
        }),
    );
}

const kindOf = (path: string): OwnedKind => {
  const kind = ownedKind(path);
  if (kind === null) throw new Error(`tell tests/api/owned.ts how to make what ${path} is about`);
  return kind;
};

test("somebody else's id is 404 at every address and with every method, and stays untouched", async () => {
  const all = await cases();
  expect(all.length).toBeGreaterThan(15);
  for (const { method, path, body } of all) {
    const id = await addOwned(api, owner.id, kindOf(path));
    const address = path
      .replace('{id}', id)
      .replace('{date}', '2026-01-05')
      .replace('{userId}', owner.id)
      .replace('{milestoneId}', id);
    const given = body === undefined ? {} : { body };
    const refused = await api.call(method, address, { ...given, headers: other.headers });
    expect(refused.status, `${method} ${path} as another user`).toBe(404);
    const mine = await api.call(method, address, { ...given, headers: await signedIn(api, owner.id) });
    expect(mine.status, `${method} ${path} as the owner`).not.toBe(404);
  }
});

test('lists hold nothing of anybody else', async () => {
  for (const kind of [
    'sessions',
    'tokens',
    'api-profiles',
    'accounts',
    'channels',
    'star-gifts',
    'drops',
    'reminders',
  ] as const) {
    const id = await addOwned(api, owner.id, kind);
    const list = async (person: Person) =>
      JSON.stringify((await api.call('GET', `/api/${kind}`, { headers: await signedIn(api, person.id) })).json);
    expect(await list(owner)).toContain(`"${id}"`);
    expect(await list(other)).not.toContain(`"${id}"`);
  }
});

test('a sign-in cannot be begun with the profile or for the account of somebody else', async () => {
  const apiProfileId = await addOwned(api, owner.id, 'api-profiles');
  const accountId = await addOwned(api, owner.id, 'accounts');
  const mine = await addOwned(api, other.id, 'api-profiles');
  for (const body of [
    { apiProfileId, phone: '+79005550100' },
    { apiProfileId: mine, accountId, phone: '+79005550100' },
  ]) {
    const reply = await api.call('POST', '/api/telegram-logins', { body, headers: other.headers });
    expect(reply.status).toBe(404);
  }
});

test('the same Idempotency-Key of two people gives each his own answer', async () => {
  const body = { apiId: 4242, apiHash: 'ab'.repeat(16), name: 'mine' };
  const add = async (person: Person) =>
    await api.call('POST', '/api/api-profiles', { body, headers: { ...person.headers, 'idempotency-key': 'k1' } });
  const [first, second] = [await add(owner), await add(other)];
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.headers.get('idempotency-replayed')).toBeNull();
  expect(second.headers.get('location')).not.toBe(first.headers.get('location'));
});
