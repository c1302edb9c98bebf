import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { addEvents } from '../../db/repositories/events.ts';
import { GROUP_OPERATIONS, withGroupParts } from './group-addresses.ts';
import { addExampleAccount, addOwned, ownedKind } from './owned.ts';
import { addPerson, signedIn, type Person } from './people.ts';
import { addProducts, addSource, pick, startApi, type Reply, type TestApi } from './support.ts';

const Content = z.record(
  z.string(),
  z.object({ schema: z.record(z.string(), z.unknown()), example: z.unknown() }).partial(),
);
const Operation = z.object({
  operationId: z.string(),
  parameters: z.array(
    z.object({ name: z.string(), in: z.string(), required: z.boolean(), example: z.unknown().optional() }),
  ),
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(z.string(), z.object({ content: Content.optional() })),
  security: z.array(z.record(z.string(), z.array(z.string()))),
});
const Document = z.looseObject({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.object({ Problem: z.record(z.string(), z.unknown()) }) }),
});
type Operation = z.output<typeof Operation>;

let api: TestApi;
let document: z.output<typeof Document>;
let person: Person;
const ajv = new Ajv2020({ strict: false, validateFormats: false });
const problemSchema = (): ValidateFunction => ajv.compile(document.components.schemas.Problem);

beforeAll(async () => {
  api = await startApi();
  person = await addPerson(api);
  document = Document.parse((await api.call('GET', '/openapi.json')).json);
});
afterAll(async () => {
  await api.stop();
});

const operations = (): (Operation & { readonly method: string; readonly path: string })[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );

const REMINDERS = [
  ...['addReminder', 'changeReminder', 'finishReminder', 'getReminder', 'listReminderOccurrences', 'listReminders'],
  ...['pauseReminder', 'previewReminder', 'removeReminder', 'resumeReminder', 'skipReminder', 'snoozeReminder'],
  ...['understandReminder', 'undoReminder'],
];

const DAYS = [
  ...['addTask', 'changeTask', 'completeTask', 'getTask', 'listTaskTags', 'listTasks', 'removeTask', 'reopenTask'],
  ...['changeFocus', 'getCurrentFocus', 'getFocusSession', 'getFocusStatistics', 'startFocus'],
  ...['changeAgendaSettings', 'getAgendaSettings', 'getToday'],
  ...[
    'addGoal',
    'addMilestone',
    'adviseOnGoal',
    'answerCheckIn',
    'changeGoal',
    'dropGoal',
    'getGoal',
    'listGoals',
    'markMilestone',
  ],
  ...['removeGoal', 'removeMilestone', 'reviewGoal', 'setGoalProgress', 'takeUpGoal'],
  ...['addSkill', 'addSkillEvidence', 'changeSkill', 'listSkills', 'removeSkill'],
  ...['addPerson', 'changePerson', 'getPerson', 'listPeople', 'removePerson'],
  ...['addOccasion', 'changeOccasion', 'getOccasion', 'listOccasions', 'removeOccasion', 'setOccasionReady'],
];

const HABITS = [
  ...['addHabit', 'archiveHabit', 'changeHabit', 'deleteHabit', 'deleteHabitEntry', 'exportHabits', 'getHabit'],
  ...['getHabitHeatMapPng', 'getHabitHeatMapSvg', 'getHabitStatistics', 'getHabitStrengthCurvePng'],
  ...['getHabitStrengthCurveSvg', 'importHabits', 'listHabitEntries', 'listHabits', 'pauseHabit', 'putHabitEntry'],
  ...['raiseHabit', 'restoreHabit', 'resumeHabit'],
];

test('the document lists every operation once, and what each one takes', () => {
  const ids = operations().map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.sort()).toEqual([
    ...REMINDERS,
    ...HABITS,
    ...GROUP_OPERATIONS,
    ...DAYS,
'activateSource', 'activateSources', 'addApiProfile', 'addChannel', 'addWatch', 'beginTelegramLogin', 'buyStarGift', 'cancelCrawl',
    'cancelTelegramLogin', 'changeChannel', 'changePassword', 'changeSettings', 'checkChannel', 'createApiToken', 'createSource',
    'decodePayloads', 'deleteSource', 'dryRunDrop', 'encodePayloads', 'endOtherSessions', 'endSession', 'forgetAccount', 'getAccount',
    'getApiProfile', 'getChannel', 'getCrawl', 'getDrop', 'getEventSample', 'getGiftAnimation', 'getGiftWatch', 'getMe', 'getMetrics',
    'getProduct', 'getQuality', 'getReplay', 'getSettings', 'getSource', 'getStarGift', 'getTelegramLogin', 'isAlive', 'isReady',
    'createLinkCode', 'linkMessenger', 'listAccounts', 'listApiProfiles', 'listApiTokens', 'listAudit', 'listChannels', 'listCrawlPages', 'listCrawls',
    'listDrops', 'listEvents', 'listPrices', 'listPurchases', 'listSessions', 'listSources', 'listStarGifts', 'listWatches', 'logIn',
    'logOut', 'pauseCrawl', 'pauseGiftWatch', 'pauseSource', 'refreshAccount', 'refreshStarGifts', 'register', 'removeApiProfile',
    'removeChannel', 'removeWatch', 'renameApiProfile', 'replaceSource', 'resendTelegramCode', 'resumeCrawl', 'resumeGiftWatch',
    'resumeSource', 'revokeApiToken', 'searchProducts', 'sendTelegramCode', 'sendTelegramPassword', 'signInByMessenger', 'startCrawl',
    'startReplay', 'stopDrop', 'switchGiftWatch', 'trySource', 'unlinkMessenger', 'watchCrawl', 'watchDrops', 'watchStarGifts',
  ].sort()); // prettier-ignore
  for (const { path, parameters } of operations()) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)).toEqual(named);
  }
  expect(
    operations()
      .filter(({ method }) => method === 'POST')
      .every(takesKey),
  ).toBe(true);
});

/** Their bodies or answers hold secrets, which no record may; or they are streams, or change nothing. */
const KEYLESS =
  /^[/](codec[/]|api[/]auth[/]|api[/]tokens$|api[/]me[/]link-codes$)|[/](code|password|resend|refresh|dry-run|preview|understand)$/;
const takesKey = ({ path, parameters }: Operation & { readonly path: string }): boolean =>
  KEYLESS.test(path) || parameters.some(({ name }) => name === 'Idempotency-Key');

/** The path with ids of things made before they are asked for. */
async function addressFor(path: string): Promise<string> {
  if (path.includes('{messenger}')) return path.replace('{messenger}', 'telegram');
  if (!path.includes('{id}')) return await withGroupParts(api, person.id, path);
  const kind = ownedKind(path);
  if (kind !== null) {
    const id = await addOwned(api, person.id, kind);
    if (path.endsWith('/password'))
      await api.em().execute(`update telegram_login set step = 'password' where id = ?`, [id]);
    return await withGroupParts(
      api,
      person.id,
      path.replace('{id}', id).replace('{milestoneId}', id).replace('{date}', '2026-01-05'),
    );
  }
  const address = path.replace('{id}', await idFor(path));
  if (!address.includes('{watchId}')) return address;
  const watch = await api.call('POST', address.replace('/{watchId}', ''), { body: { backInStock: true } });
  return address.replace('{watchId}', String(pick(watch, 'id')));
}

async function idFor(path: string): Promise<string> {
  const sourceId = await addSource(api);
  if (path.startsWith('/api/sources')) return sourceId;
  if (path.startsWith('/api/replays'))
    return String(pick(await api.call('POST', `/api/sources/${sourceId}/replays`), 'replayId'));
  if (path.startsWith('/api/events')) return String(await addEventWithSample(sourceId));
  if (path.startsWith('/api/crawls'))
    return String(pick(await api.call('POST', `/api/sources/${sourceId}/crawls`), 'crawlId'));
  await addProducts(api, sourceId, [{ title: 'Шкатулка' }]);
  return String(pick(await api.call('GET', `/api/products?source=${sourceId}`), 'items.0.id'));
}

async function addEventWithSample(sourceId: string): Promise<number> {
  const event = { kind: 'layout-changed' as const, sourceId, productId: null, payload: {}, dedupeKey: sourceId };
  const [id = 0] = await addEvents(api.em(), [event]);
  await api.em().execute('update event set sample = ? where id = ?', [zstdCompressSync(Buffer.from('<p>')), id]);
  return id;
}

/** Sends the operation with the examples of its document and nothing else. */
async function runExample({
  method,
  path,
  parameters,
  requestBody,
  security,
}: ReturnType<typeof operations>[number]): Promise<Reply> {
  const query = new URLSearchParams();
  for (const { name, in: where, example } of parameters)
    if (where === 'query' && typeof example === 'string') query.set(name, example);
  const address = await addressFor(path);
  const example = requestBody?.content['application/json']?.example;
  return await api.call(method, `${address}?${query.toString()}`, {
    ...(isPersonal({ security }) && { headers: await signedIn(api, person.id) }),
    ...(example !== undefined && { body: example }),
  });
}

/** What takes a file is tried where that file is. */
const takesJson = ({ requestBody }: Pick<Operation, 'requestBody'>): boolean =>
  requestBody?.content['application/json'] !== undefined;

/** It takes somebody who is signed in. */
const isPersonal = ({ security }: Pick<Operation, 'security'>): boolean =>
  security.some((way) => 'session' in way) && !security.some((way) => 'operator' in way);
/** Streams without an end, what only a messenger can sign, and what takes a file. */
const NOT_RUN: readonly string[] = [
  ...['watchCrawl', 'watchStarGifts', 'watchDrops', 'signInByMessenger', 'linkMessenger', 'importHabits'],
  'importCalendar',
];

/** What an example takes for granted. */
async function prepare({ operationId }: Operation): Promise<void> {
  const em = api.em();
  if (operationId === 'startFocus') await em.execute('update focus_session set over = true');
  if (operationId === 'replaceSource')
    await em.execute(`update source set name = 'Renamed' where name = 'Sample shop'`);
  if (operationId === 'buyStarGift') await addExampleAccount(api, person.id);
  if (operationId === 'beginTelegramLogin') {
    const profile = await addOwned(api, person.id, 'api-profiles');
    await em.execute(`update api_profile set id = '6f0f4f62-6b4c-4d55-9d4e-6c2b6a2f7b10' where id = ?`, [profile]);
  }
}

describe('each operation, run with its own examples, answers as its document says', () => {
  test('all of them', async () => {
    for (const operation of operations().filter(({ operationId }) => !NOT_RUN.includes(operationId))) {
      const name = `${operation.method} ${operation.path}`;
      if (operation.requestBody !== undefined && operation.method !== 'PUT')
        expect(operation.requestBody.content['application/json'], name).toHaveProperty('example');
      await prepare(operation);
      const reply = await runExample(operation);
      const documented = operation.responses[String(reply.status)];
      expect(documented, `${name} answered ${reply.status}`).toBeDefined();
      expect(reply.status, name).toBeLessThan(300);
      const schema = documented?.content?.['application/json']?.schema;
      if (schema === undefined) continue;
      const validate = ajv.compile(schema);
      expect(validate(reply.json), `${name}: ${ajv.errorsText(validate.errors)}`).toBe(true);
    }
  });

  test('an id that does not exist is a documented 404 problem everywhere', async () => {
    const isProblem = problemSchema();
    for (const { method, path, responses, requestBody } of operations().filter(({ path: one }) =>
      one.includes('{id}'),
    )) {
      const example = requestBody?.content['application/json']?.example;
      const body = example ?? { name: 'Nobody', config: { startUrls: ['https://shop.example/'] } };
      const address = path
        .replaceAll(/\{(?:id|watchId|milestoneId)\}/g, '00000000-0000-4000-8000-000000000000')
        .replace('{date}', '2026-01-05');
      const given = requestBody === undefined ? {} : { body };
      const reply = await api.call(method, address, { headers: await signedIn(api, person.id), ...given });
      expect(reply.status, `${method} ${path}`).toBe(404);
      expect(Object.keys(responses)).toContain('404');
      expect(isProblem(reply.json)).toBe(true);
    }
  });

  test('a wrong query or body is a documented 422 problem everywhere', async () => {
    const isProblem = problemSchema();
    for (const operation of operations()) {
      const takes = takesJson(operation) || operation.parameters.some((one) => one.in === 'query');
      if (!takes) continue;
      const path = await addressFor(operation.path);
      const reply = await api.call(operation.method, `${path}?limit=none`, {
        headers: await signedIn(api, person.id),
        ...(takesJson(operation) && { body: { wrong: true } }),
      });
      expect(reply.status, `${operation.method} ${path}`).toBe(422);
      expect(Object.keys(operation.responses)).toContain('422');
      expect(isProblem(reply.json)).toBe(true);
    }
  });
});

test('the security scheme is asked for exactly where a token is needed', async () => {
  const secured = await api.call('GET', '/openapi.json', {
    url: await api.serve({ operatorToken: 'kJ8vQ2xWm4ZrT7pLs9Yb3Nc6' }),
  });
  expect(pick(secured, 'paths./api/products.get.security')).toEqual([{ operator: [] }, { session: [] }, { token: [] }]);
  expect(pick(secured, 'paths./healthz.get.security')).toEqual([]);
  expect(document.paths['/api/products']?.['get']).toMatchObject({ operationId: 'searchProducts' });
});
