import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSenderWaker } from '../../client/outbox.ts';
import { startPolling, stopPolling } from '../../client/ingress.ts';
import { createSecretBox } from '../../db/secrets.ts';
import { createTelegramBots } from '../../providers/telegram-bot/bots.ts';
import { createAgendaActivities } from '../../workers/agenda-activities.ts';
import { createTalkActivities } from '../../workers/dialog-activities.ts';
import { createMessengerActivities } from '../../workers/messenger-activities.ts';
import { openOwnBots } from '../../workers/own-bots.ts';
import { botIdOf } from '../../sandbox/max/sandbox.ts';
import { startMaxApi } from '../../sandbox/max/server.ts';
import { startBotApi } from '../../sandbox/telegram-bot/server.ts';
import { actor, type ChatActor } from '../support/agenda-chat.ts';
import { startDatabase } from '../support/database.ts';
import { BOT_TOKEN } from '../support/outbox.ts';
import { MAX_TOKEN } from '../support/own-bot-stage.ts';
import { startTemporal, testKeys, withWorkers } from '../support/temporal.ts';

const WITHIN_MS = 30_000;
const stage = async () => {
  const [database, env, telegram, max] = await Promise.all([
    startDatabase(),
    startTemporal(),
    startBotApi(),
    startMaxApi(),
  ]);
  return { database, env, telegram, max };
};
let parts: Awaited<ReturnType<typeof stage>>;
beforeAll(async () => {
  parts = await stage();
});
afterAll(async () => {
  const { database, env, telegram, max } = parts;
  await Promise.all([database.stop(), env.teardown(), telegram.stop(), max.stop()]);
});

const activities = () => {
  const { database, env, telegram, max } = parts;
  const { client } = env;
  const own = openOwnBots({
    ...{ GIFTY_TELEGRAM_BOT_API: telegram.url, GIFTY_TELEGRAM_BOT_TOKEN: BOT_TOKEN },
    ...{ GIFTY_MAX_API: max.url, GIFTY_MAX_BOT_TOKEN: MAX_TOKEN },
  });
  const shared = { orm: database.orm, client, own, wakeSenders: createSenderWaker(client) };
  const bots = createTelegramBots({ apiRoot: telegram.url });
  return {
    ...createMessengerActivities({ ...shared, bots, secrets: createSecretBox(testKeys) }),
    ...createAgendaActivities(shared),
    ...createTalkActivities({ ...shared, ownerIds: [] }),
  };
};

async function agree(chat: ChatActor): Promise<void> {
  await chat.say('напомни по будням в 8:30 размяться');
  await chat.press('Русский');
  await chat.told('Напишите город');
  await chat.say('Казань');
  await chat.press('Да, верно');
  await chat.told('по будням в 8:30');
  await chat.press('Да, сохранить');
  await chat.told('Сохранено');
}

test('in both messengers a phrase becomes a reminder at the wall time of the person', async () => {
  const { env, telegram, max, database } = parts;
  const anna = actor(telegram, BOT_TOKEN.split(':')[0] ?? '', {
    id: 501,
    name: 'Анна',
    language: 'ru',
    withinMs: WITHIN_MS,
  });
  const boris = actor(max, botIdOf(MAX_TOKEN), { id: 502, name: 'Борис', language: 'ru', withinMs: WITHIN_MS });
  await withWorkers(env, activities(), async () => {
    await Promise.all([startPolling(env.client, 'telegram'), startPolling(env.client, 'max')]);
    try {
      await Promise.all([agree(anna), agree(boris)]);
    } finally {
      await Promise.all([stopPolling(env.client, 'telegram'), stopPolling(env.client, 'max')]);
    }
  });
  const stored = await database.orm.em.fork().execute(
    `select coalesce(telegram_id, max_id)::text as person, text, substr(start, 12) as clock, rule, settings.zone, state
     from reminder join app_user on app_user.id = reminder.user_id join user_settings as settings on settings.user_id = app_user.id
     order by person`,
  );
  const reminder = { text: 'размяться', clock: '08:30:00', zone: 'Europe/Moscow', state: 'active' };
  expect(stored).toEqual(
    ['501', '502'].map((person) => ({ person, ...reminder, rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR' })),
  );
}, 120_000);
