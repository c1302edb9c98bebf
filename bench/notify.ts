/**
 * npm run bench -- notify [--messages 500] [--latency 0]: a burst of notifications over many chats and a few channels
 * through the outbox, its workflow and a Bot API that keeps Telegram's limits, beside the time that the limits alone take.
 */
import { parseArgs } from 'node:util';
import { createSendingActivities } from '../activities/stargifts/sending.ts';
import { wakeOutbox } from '../client/outbox.ts';
import { outboxWorkflowId } from '../contracts/messages.ts';
import { createTelegramBots } from '../providers/telegram-bot/bots.ts';
import { REAL_LIMITS } from '../sandbox/telegram-bot/limits.ts';
import { startBotApi } from '../sandbox/telegram-bot/server.ts';
import { startDatabase } from '../tests/support/database.ts';
import { BOT_TOKEN, testOutbox } from '../tests/support/outbox.ts';
import { startTemporal, withWorkers } from '../tests/support/temporal.ts';

const { values } = parseArgs({
  options: { messages: { type: 'string', default: '500' }, latency: { type: 'string', default: '0' } },
});
const messages = Number(values.messages);
const CHANNELS = ['-1001', '-1002', '-1003'];
const PER_CHANNEL = 12;
const PER_CHAT = 2;

/** Messages of each chat: a few channels with many, the rest of the messages in twos to people. */
function chatsOf(count: number): ReadonlyMap<string, number> {
  const chats = new Map(CHANNELS.map((chatId) => [chatId, PER_CHANNEL]));
  const people = Math.ceil((count - CHANNELS.length * PER_CHANNEL) / PER_CHAT);
  for (let person = 0; person < people; person += 1) chats.set(String(1_000 + person), PER_CHAT);
  return chats;
}

/** ms from the first message to the last that the limits of the bot, a chat and a channel impose, at any speed of the network. */
function leastMs(total: number, most: number): number {
  const { bot } = REAL_LIMITS;
  const byBot = (Math.ceil(total / bot.count) - 1) * bot.windowMs;
  return Math.max(byBot, (most - 1) * 1_000);
}

const [database, env] = await Promise.all([startDatabase(), startTemporal()]);
const latencyMs = Number(values.latency);
const api = await startBotApi({ latencyMs, limits: { ...REAL_LIMITS, chat: { count: 1, windowMs: 1_000 } } });
const outbox = await testOutbox(database.orm);
try {
  const chats = chatsOf(messages);
  for (const [chatId, count] of chats) {
    for (let n = 0; n < count; n += 1) await outbox.text(chatId, `${chatId} ${n}`);
  }
  const total = [...chats.values()].reduce((sum, count) => sum + count, 0);
  const sending = createSendingActivities({
    orm: database.orm,
    bots: createTelegramBots({ apiRoot: api.url }),
    botTokenOf: () => Promise.resolve(BOT_TOKEN),
  });
  await withWorkers(env, sending, async () => {
    await wakeOutbox(env.client, outbox.userId);
    await env.client.workflow.getHandle(outboxWorkflowId(outbox.userId)).result();
  });
  const times = api.messages().map(({ at }) => at);
  const tookMs = Math.max(...times) - Math.min(...times);
  const least = leastMs(total, Math.max(...chats.values()));
  const { limited, peaks } = api.counters();
  console.log(`${total} messages to ${chats.size} chats, ${latencyMs} ms on the way: ${times.length} arrived`);
  console.log(`took ${(tookMs / 1_000).toFixed(2)} s; the limits alone take ${(least / 1_000).toFixed(2)} s`);
  const share = ((times.length / tookMs) * REAL_LIMITS.bot.windowMs) / REAL_LIMITS.bot.count;
  console.log(`${(share * 30).toFixed(2)} a second: ${(share * 100).toFixed(1)} % of the allowed rate`);
  console.log(`answers 429: ${limited}; most in a window: ${JSON.stringify(peaks)}`);
  console.log(`violations: ${api.violations.length}`);
  if (limited > 0 || times.length !== total || share < 0.95) process.exitCode = 1;
} finally {
  await Promise.all([database.stop(), env.teardown(), api.stop()]);
}
