import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createTelegramBots } from '../../providers/telegram-bot/bots.ts';
import { startBotApi } from '../../sandbox/telegram-bot/server.ts';
import { BOT_TOKEN } from '../support/outbox.ts';
import { createJudge, type BotApiJudge } from './telegram-bot-api.ts';

const file = fileURLToPath(new URL('../../../shared/data/telegram-bot-api.json', import.meta.url));
const missing = !existsSync(file);
const judge = (): BotApiJudge => createJudge(JSON.parse(readFileSync(file, 'utf8')));
const title = missing
  ? 'requests against the published Bot API: skipped, ../shared/data/telegram-bot-api.json is not there'
  : 'every request of the provider is one that the published Bot API allows';

test.skipIf(missing)(title, async () => {
  const api = await startBotApi();
  try {
    const bot = createTelegramBots({ apiRoot: api.url }).open(BOT_TOKEN);
    await bot.me();
    const { messageId } = await bot.send({ kind: 'text', chatId: '-1001234', html: '<b>a</b>', silent: true });
    await bot.send({ kind: 'text', chatId: '42', html: 'a', silent: false });
    await bot.send({ kind: 'edit', chatId: '-1001234', messageId: messageId ?? '', html: 'b' });
    const sticker = { kind: 'sticker', chatId: '42', silent: true } as const;
    const { fileId } = await bot.send({ ...sticker, tgs: gzipSync('{}'), fileId: null });
    await bot.send({ ...sticker, tgs: null, fileId });
    const problems = api.requests.flatMap(({ method, parameters }) => judge()(method, parameters));
    expect(problems).toEqual([]);
    expect(new Set(api.requests.map(({ method }) => method))).toEqual(
      new Set(['getMe', 'sendMessage', 'editMessageText', 'sendSticker']),
    );
    expect(api.violations).toEqual([]);
  } finally {
    await api.stop();
  }
});

test.skipIf(missing)('the judge refuses what the API does not know', () => {
  const bad = judge();
  expect(bad('sendMessage', { chat_id: 1, text: 'a', disable_web_page_preview: true })).toHaveLength(1);
  expect(bad('sendMessage', { chat_id: 1 })).toEqual(['sendMessage.text: required']);
  expect(bad('sendMessage', { chat_id: 1, text: 'a', link_preview_options: { is_disabled: 'yes' } })).toHaveLength(1);
  expect(bad('sendMassage', {})).toHaveLength(1);
});
