import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { startChatWorld } from './chat-world.ts';
import { DESKTOP, openPage, PHONE, startBrowser } from './support.ts';

const ANNA = 555_001;
let browser: Browser;
let world: Awaited<ReturnType<typeof startChatWorld>>;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  world = await startChatWorld();
});
afterEach(async () => {
  expect(world.telegram.violations).toEqual([]);
  expect(world.max.violations).toEqual([]);
  await world.stop();
});

const open = async (options: Parameters<typeof openPage>[2]) => {
  const opened = await openPage(browser, world.page.url, options);
  await opened.page.goto(world.page.url);
  return opened;
};
const chat = (page: Page, name: 'Telegram' | 'MAX') => page.getByRole('region', { name, exact: true });
/** Presses Start; then the bot may write, for the messenger has heard it. */
async function begin(page: Page, name: 'Telegram' | 'MAX'): Promise<void> {
  await chat(page, name).getByRole('button', { name: 'Start' }).click();
  if (name === 'Telegram') await chat(page, name).getByRole('log').getByText('/start').waitFor();
  else
    await expect.poll(async () => JSON.stringify(await world.asMax('GET /updates?timeout=1'))).toMatch('bot_started');
}
const press = (text: string, data: string) => ({ text, callback_data: data });

/** A little of everything that the bot sends. */
async function talk(page: Page): Promise<void> {
  const { asTelegram, asMax } = world;
  await asTelegram('setMyCommands', {
    commands: [
      { command: 'remind', description: 'Напомнить о деле' },
      { command: 'habits', description: 'Привычки и серии' },
    ],
    language_code: 'ru',
  });
  const telegram = chat(page, 'Telegram');
  await begin(page, 'Telegram');
  await telegram.getByRole('textbox', { name: 'Message' }).fill('каждый понедельник в 9 планёрка');
  await page.keyboard.press('Enter');
  await telegram.getByRole('log').getByText('каждый понедельник').waitFor();
  await asTelegram('sendMessage', {
    ...{ chat_id: ANNA, parse_mode: 'HTML' },
    text: '<b>Планёрка</b>\nкаждый понедельник в 9:00, Москва\n\nБлижайшие: 23 и 30 ноября, 7 декабря. <i>Всё верно?</i>',
    reply_markup: { inline_keyboard: [[press('Да', 'yes'), press('Изменить', 'edit')], [press('Не надо', 'no')]] },
  });
  await asTelegram(
    'sendPhoto',
    world.picture(ANNA, '<b>Зарядка</b>: серия 12 дней', { inline_keyboard: [[press('Сделано', 'done')]] }),
  );
  const max = chat(page, 'MAX');
  await begin(page, 'MAX');
  await asMax(`POST /messages?user_id=${ANNA}`, {
    text: 'Где вы? По городу узнаю <u>часовой пояс</u>.',
    format: 'html',
    attachments: [
      {
        type: 'inline_keyboard',
        payload: {
          buttons: [
            [{ type: 'request_geo_location', text: 'Отправить место' }],
            [{ type: 'callback', text: 'Москва', payload: 'zone|msk' }],
          ],
        },
      },
    ],
  });
  await max.getByText('часовой пояс').waitFor();
  await telegram.getByRole('img', { name: 'Зарядка' }).waitFor();
}

test.each([
  ['desktop', { ...DESKTOP, colorScheme: 'light' as const }],
  ['desktop-dark', { ...DESKTOP, colorScheme: 'dark' as const }],
  ['phone', { ...PHONE, colorScheme: 'light' as const }],
  ['phone-dark', { ...PHONE, colorScheme: 'dark' as const }],
])('both chats are legible and accessible on a %s', async (name, options) => {
  const { page, errors, foreign, violations, shoot } = await open(options);
  const isPhone = name.startsWith('phone');
  if (isPhone) await start(page);
  else await talk(page);
  await shoot(`chat-${name}`);
  expect(await violations()).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  expect({ errors, foreign }).toEqual({ errors: [], foreign: [] });
  await page.context().close();
});

/** On a phone the other chat is behind its tab. */
async function start(page: Page): Promise<void> {
  const { asTelegram } = world;
  await begin(page, 'Telegram');
  const keyboard = { inline_keyboard: [[press('Сделано', 'done'), press('Пропустить', 'skip')]] };
  await asTelegram('sendPhoto', world.picture(ANNA, '<b>Зарядка</b>: серия 12 дней', keyboard));
  await chat(page, 'Telegram').getByRole('img').waitFor();
  await page.getByRole('tab', { name: 'MAX' }).click();
  await chat(page, 'MAX').waitFor();
  expect(await chat(page, 'Telegram').isVisible()).toBe(false);
  await page.getByRole('tab', { name: 'Telegram' }).click();
}

test('a press reaches the bot; its edit changes the message in place, its toast is shown', async () => {
  const { page, errors } = await open(DESKTOP);
  const telegram = chat(page, 'Telegram');
  await talk(page);
  await telegram.getByRole('button', { name: 'Да' }).click();
  const { id } = await pressed();
  await world.asTelegram('answerCallbackQuery', { callback_query_id: id, text: 'Записано' });
  await world.asTelegram('editMessageText', {
    chat_id: ANNA,
    message_id: 3,
    text: 'Напомню <b>в 9:00</b>',
    parse_mode: 'HTML',
  });
  await telegram.getByText('Записано').waitFor();
  await telegram.getByText('Напомню в 9:00').waitFor();
  expect(await telegram.getByRole('button', { name: 'Изменить' }).count()).toBe(0);
  await telegram.getByRole('button', { name: 'Commands' }).click();
  await telegram.getByRole('button', { name: '/habits Привычки и серии' }).click();
  await telegram.getByRole('log').getByText('/habits').waitFor();
  expect(errors).toEqual([]);
  await page.context().close();
});

async function pressed(): Promise<{ readonly id: string }> {
  const known = () => /"callback_query":\{"id":"(\d+)"/.exec(JSON.stringify(answer))?.[1];
  let answer: unknown = null;
  while (known() === undefined) answer = await world.asTelegram('getUpdates', { offset: 1, timeout: 1 });
  return { id: known() ?? '' };
}

test('a place, a file and a photo go to the bot; a block stops it', async () => {
  const { page, errors } = await open(DESKTOP);
  const max = chat(page, 'MAX');
  await begin(page, 'MAX');
  await world.asMax(`POST /messages?user_id=${ANNA}`, { text: 'Здравствуйте!' });
  await max.getByRole('button', { name: 'Attach' }).click();
  await max.getByRole('button', { name: 'Location' }).click();
  await max.getByRole('button', { name: 'Калининград' }).click();
  await max.getByText('54.710').waitFor();
  const choosing = page.waitForEvent('filechooser');
  await max.getByRole('button', { name: 'Attach' }).click();
  await max.getByRole('button', { name: 'File' }).click();
  await (await choosing).setFiles({ name: 'привычки.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b') });
  await max.getByRole('link', { name: 'привычки.csv' }).waitFor();
  await max.getByRole('button', { name: 'Block' }).click();
  await max.getByRole('button', { name: 'Unblock and start' }).waitFor();
  expect(await world.asMax(`POST /messages?user_id=${ANNA}`, { text: 'x' })).toMatchObject({ code: 'chat.denied' });
  await max.getByRole('button', { name: 'Unblock and start' }).click();
  await max.getByRole('textbox', { name: 'Message' }).waitFor();
  expect(errors).toEqual([]);
  await page.context().close();
});

test('an address in a text is a link, and a link to the bot starts it with what it carries', async () => {
  const { page, errors } = await open(DESKTOP);
  const telegram = chat(page, 'Telegram');
  await begin(page, 'Telegram');
  const text =
    'Календарь: https://gifty.example/feeds/1.ics. <a href="https://t.me/gifty_bot?start=invite_x">Группа</a>';
  await world.asTelegram('sendMessage', { chat_id: ANNA, text, parse_mode: 'HTML' });
  const feed = telegram.getByRole('link', { name: 'https://gifty.example/feeds/1.ics' });
  expect(await feed.getAttribute('href')).toBe('https://gifty.example/feeds/1.ics');
  await telegram.getByRole('link', { name: 'Группа' }).click();
  await telegram.getByText('/start invite_x').waitFor();
  expect(errors).toEqual([]);
  await page.context().close();
});

test('what can be said is known with the chat: nothing to write in before', async () => {
  const { page } = await openPage(browser, world.page.url, DESKTOP);
  let go = (): void => undefined;
  const held = new Promise<void>((resolve) => (go = resolve));
  await page.route('**/max/control/bots', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(world.page.url);
  await chat(page, 'Telegram').getByRole('button', { name: 'Start' }).waitFor();
  const max = chat(page, 'MAX');
  expect(await max.getByRole('textbox').count()).toBe(0);
  go();
  await max.getByRole('button', { name: 'Start' }).waitFor();
  expect(await max.getByRole('textbox').count()).toBe(0);
  await page.context().close();
});

test('one can be another person, who sees a chat of his own', async () => {
  const { page } = await open(DESKTOP);
  await begin(page, 'Telegram');
  await page.getByRole('button', { name: 'New person' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Вера');
  await page.getByRole('button', { name: 'Add' }).click();
  await begin(page, 'Telegram');
  expect(world.telegram.chats.conversation(world.telegramBot, 555_004, 'ru').entries).toHaveLength(1);
  expect(await page.getByRole('combobox', { name: 'You are' }).inputValue()).toBe('555004');
  await page.context().close();
});

test('the page asks the sandboxes for no more than it needs, and other sites ask nothing', async () => {
  const { url } = world.page;
  expect((await fetch(`${url}/telegram/control/violations`)).status).toBe(404);
  expect((await fetch(`${url}/../server.ts`)).status).toBe(404);
  const foreign = { method: 'POST', headers: { origin: 'https://evil.example' }, body: '{}' };
  expect((await fetch(`${url}/max/control/acts`, foreign)).status).toBe(403);
});
