import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BotMessage } from '../../activities/ports/telegram-bot.ts';
import { createTelegramBots } from '../../providers/telegram-bot/bots.ts';
import { redact } from '../../providers/telegram-bot/api-errors.ts';
import { startBotApi, type BotApi } from '../../sandbox/telegram-bot/server.ts';
import { freePort } from '../support/free-port.ts';

const TOKEN = '1234567890:AAExampleExampleExampleExampleExamp';
let api: BotApi;
beforeEach(async () => {
  api = await startBotApi();
});
afterEach(async () => {
  await api.stop();
});

const bot = (timeoutMs = 2_000) => createTelegramBots({ apiRoot: api.url, timeoutMs }).open(TOKEN);
const text = (html: string, chatId = '42'): BotMessage => ({ kind: 'text', chatId, html, silent: true });
const failure = async (work: Promise<unknown>): Promise<Error> => {
  const err: unknown = await work.then(() => null).catch((reason: unknown) => reason);
  if (!(err instanceof Error)) throw new Error('it did not fail');
  return err;
};

test('says who the bot is', async () => {
  expect(await bot().me()).toEqual({ id: '1234567890', username: 'sandbox_1234567890_bot' });
});

test('sends, edits and edits to the same without any complaint of the API', async () => {
  const { messageId } = await bot().send(text('<b>5 &lt; 6</b>'));
  const edit: BotMessage = { kind: 'edit', chatId: '42', messageId: messageId ?? '', html: '6' };
  await bot().send(edit);
  expect(await bot().send(edit)).toEqual({ messageId, fileId: null });
  expect(api.messages('42')).toMatchObject([{ text: '6', edits: [{ text: '5 < 6' }], silent: true }]);
  expect(api.violations).toEqual([]);
});

test('uploads a sticker once and sends it by its file id then', async () => {
  const tgs = gzipSync('{"v":"5.5"}');
  const { fileId } = await bot().send({ kind: 'sticker', chatId: '-1001', tgs, fileId: null, silent: false });
  await bot().send({ kind: 'sticker', chatId: '-1001', tgs: null, fileId, silent: false });
  const [first, second] = api.messages('-1001');
  expect(first?.stickerHash).toMatch(/^[\da-f]{64}$/);
  expect(second?.stickerHash).toBe(first?.stickerHash);
  expect(api.requests[0]?.parameters).toMatchObject({ sticker: { bytes: tgs.length } });
  expect(api.violations).toEqual([]);
});

describe('errors by what follows from them', () => {
  test('429 says for how long', async () => {
    api.inject({ kind: 'rate-limited', retryAfterSeconds: 7 });
    expect(await failure(bot().send(text('x')))).toMatchObject({ name: 'RateLimitedError', retryAfterMs: 7_000 });
    expect(api.counters().requests['sendMessage']).toBe(1);
  });

  test.each([
    [{ kind: 'blocked' }, 'blocked'],
    [{ kind: 'chat-not-found' }, 'blocked'],
    [{ kind: 'refused', description: 'Bad Request: message is too long' }, 'refused'],
    [{ kind: 'status', status: 502 }, 'unknown'],
    [{ kind: 'drop-before' }, 'unknown'],
    [{ kind: 'drop-after' }, 'unknown'],
  ] as const)('%o: %s', async (fault, kind) => {
    api.inject(fault);
    expect(await failure(bot().send(text('x')))).toMatchObject({ name: 'BotSendError', kind });
    expect(api.counters().requests['sendMessage']).toBe(1);
  });

  test('an answer that is too late leaves the outcome unknown', async () => {
    api.inject({ kind: 'late', ms: 60_000 });
    expect(await failure(bot(50).send(text('x')))).toMatchObject({ kind: 'unknown' });
    expect(api.messages()).toHaveLength(1);
  });

  test('nobody listens: certainly not sent', async () => {
    const port = await freePort();
    const nobody = createTelegramBots({ apiRoot: `http://127.0.0.1:${port}` }).open(TOKEN);
    const err = await failure(nobody.send(text('x')));
    expect(err).toMatchObject({ name: 'Error', message: 'Bot API not reached: ECONNREFUSED' });
  });

  test.each(['', 'no token', '12:short', `${TOKEN}/../x`, 'https://x:y'])('«%s» is no token', async (token) => {
    const err = await failure(createTelegramBots({ apiRoot: api.url }).open(token).me());
    expect(err).toMatchObject({ name: 'DomainError', code: 'bot-token-invalid' });
  });

  test('a revoked token is invalid, also while sending', async () => {
    api.revoke(TOKEN);
    expect(await failure(bot().me())).toMatchObject({ code: 'bot-token-invalid' });
    expect(await failure(bot().send(text('x')))).toMatchObject({ code: 'bot-token-invalid' });
  });
});

describe('the token is in no error', () => {
  const everything = (err: Error): string =>
    [err.message, err.stack ?? '', JSON.stringify(err), String(err.cause)].join('\n');

  test.each([
    { kind: 'drop-before' },
    { kind: 'status', status: 500 },
    { kind: 'blocked' },
    { kind: 'rate-limited', retryAfterSeconds: 1 },
    { kind: 'refused', description: `Bad Request: https://api/bot${TOKEN}/x` },
  ] as const)('%o', async (fault) => {
    api.inject(fault);
    const err = await failure(bot().send(text('the message')));
    expect(everything(err)).not.toContain(TOKEN.slice(11));
    expect(everything(err)).not.toContain('the message');
  });

  test('nor in one of a server that talks rubbish', async () => {
    const server = createServer((request, response) => void request.resume().on('end', () => response.end('no!')));
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const rubbish = createTelegramBots({ apiRoot: `http://127.0.0.1:${port}` }).open(TOKEN);
    const err = await failure(rubbish.send(text('x')));
    expect(err).toMatchObject({ kind: 'unknown' });
    expect(everything(err)).not.toContain(TOKEN.slice(11));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test('nor another one that a text quotes', () => {
    expect(redact('/bot55555555:AAAAAAAAAAAAAAAAAAAAAAAAAA/x', TOKEN)).toBe('/bot[token]/x');
  });
});
