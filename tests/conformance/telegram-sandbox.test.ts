import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { SCHEMAS } from '../../sandbox/telegram-bot/schemas.ts';
import { startBotApi, type BotApi } from '../../sandbox/telegram-bot/server.ts';
import { createJudge, type BotApiJudge } from './telegram-bot-api.ts';

const file = fileURLToPath(new URL('../../../shared/data/telegram-bot-api.json', import.meta.url));
const missing = !existsSync(file);
const titled = (title: string): string =>
  missing ? `${title}: skipped, ../shared/data/telegram-bot-api.json is not there` : title;

const BOT = '1234567890';
const PATH = `/bot${BOT}:AAExampleExampleExampleExampleExamp`;
const anna = { id: 501, name: 'Анна', language: 'ru' };
const Spec = z.looseObject({
  methods: z.record(z.string(), z.object({ returns: z.array(z.string()), fields: z.unknown().optional() })),
  types: z.record(z.string(), z.looseObject({ fields: z.unknown().optional() })),
});
/** Judges values of types, as if each were what a method is given. */
function judgeTypes(): BotApiJudge {
  const spec = Spec.parse(JSON.parse(readFileSync(file, 'utf8')));
  return createJudge({ ...spec, methods: spec.types });
}

let api: BotApi;
beforeAll(async () => {
  const plenty = { count: 1_000, windowMs: 1_000 };
  api = await startBotApi({ limits: { bot: plenty, chat: plenty, group: plenty } });
});
afterAll(async () => {
  await api.stop();
});

const Result = z.object({ ok: z.literal(true), result: z.unknown() });
async function call(method: string, parameters: object | FormData = {}): Promise<unknown> {
  const init =
    parameters instanceof FormData
      ? { body: parameters }
      : { body: JSON.stringify(parameters), headers: { 'content-type': 'application/json' } };
  const response = await fetch(`${api.url}${PATH}/${method}`, { method: 'POST', ...init });
  return Result.parse(await response.json()).result;
}
const judged = (type: string, value: unknown): readonly string[] =>
  judgeTypes()(type, z.record(z.string(), z.unknown()).parse(value));

test.skipIf(missing)(titled('every parameter that the sandbox takes is one of the published Bot API'), () => {
  const fieldsOf = z.object({ fields: z.array(z.object({ name: z.string(), required: z.boolean() })).default([]) });
  const spec = Spec.parse(JSON.parse(readFileSync(file, 'utf8')));
  for (const [method, schema] of Object.entries(SCHEMAS)) {
    const { fields } = fieldsOf.parse(spec.methods[method]);
    const known = new Set(fields.map(({ name }) => name));
    const needed = fields.filter(({ required }) => required).map(({ name }) => name);
    const strange = Object.keys(schema.shape).filter((name) => !known.has(name));
    expect({ method, strange, needed }).toEqual({
      ...{ method, strange: [] },
      needed: needed.filter((name) => name in schema.shape),
    });
  }
});

test.skipIf(missing)(titled('every update that the sandbox sends is one of the published Bot API'), async () => {
  await call('sendMessage', {
    ...{ chat_id: anna.id, text: 'x' },
    reply_markup: { inline_keyboard: [[{ text: 'Да', callback_data: 'yes' }]] },
  });
  for (const act of [
    { kind: 'start', payload: 'invite_x' },
    { kind: 'say', text: 'завтра' },
    { kind: 'press', button: 'Да' },
    { kind: 'location', latitude: 55, longitude: 37 },
    { kind: 'document', name: 'a.csv', data: 'YQ==' },
    { kind: 'photo', data: 'YQ==' },
    { kind: 'block' },
    { kind: 'unblock' },
  ] as const)
    api.act(BOT, anna, act);
  const updates = z.array(z.unknown()).parse(await call('getUpdates'));
  expect(updates).toHaveLength(8);
  expect(updates.flatMap((update) => judged('Update', update))).toEqual([]);
});

test.skipIf(missing)(titled('what the sandbox answers is of the published types'), async () => {
  const form = new FormData();
  form.set('chat_id', '501');
  form.set('document', new Blob(['x']), 'x.ics');
  const document = await call('sendDocument', form);
  const { document: sent } = z.object({ document: z.object({ file_id: z.string() }) }).parse(document);
  const answers: readonly (readonly [string, unknown])[] = [
    ['User', await call('getMe')],
    ['Message', document],
    ['Message', await call('sendLocation', { chat_id: 501, latitude: 1, longitude: 2 })],
    ['Message', await call('sendMessage', { chat_id: -100, text: 'x', parse_mode: 'HTML' })],
    ['File', await call('getFile', { file_id: sent.file_id })],
    ['WebhookInfo', await call('getWebhookInfo')],
  ];
  expect(answers.flatMap(([type, value]) => judged(type, value))).toEqual([]);
});
