import { expect, test } from 'vitest';
import { botIdOf } from '../../sandbox/max/sandbox.ts';
import { startMaxApi } from '../../sandbox/max/server.ts';
import { startBotApi } from '../../sandbox/telegram-bot/server.ts';
import { actor, actorAt, type ChatActor } from '../support/agenda-chat.ts';

const TELEGRAM = '1234567890:AAExampleExampleExampleExampleExamp';
const MAX = 'f9LHodD0cOJZ0b30xpIJTfakefakefake';
const anna = { id: 501, name: 'Анна', withinMs: 3_000 };
const json = { 'content-type': 'application/json' };

async function post(url: string, body: object, headers: Record<string, string> = {}): Promise<void> {
  const options = { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) };
  const response = await fetch(url, options);
  expect(await response.text()).not.toContain('error');
}

test.each(['in this process', 'over the control API'])('a person talks to a Telegram bot, %s', async (where) => {
  const api = await startBotApi();
  const method = async (name: string, body: object) => await post(`${api.url}/bot${TELEGRAM}/${name}`, body);
  await method('getUpdates', {});
  const person = where === 'in this process' ? actor(api, '1234567890', anna) : actorAt(api.url, anna);
  await talk(person, async (text, buttons) => {
    const keyboard = buttons.map((button) => [{ text: button, callback_data: button }]);
    await method('sendMessage', { chat_id: 501, text, reply_markup: { inline_keyboard: keyboard } });
  });
  await api.stop();
});

test('a person talks to a MAX bot', async () => {
  const max = await startMaxApi();
  await talk(actor(max, botIdOf(MAX), anna), async (text, buttons) => {
    const keyboard = buttons.map((button) => [{ type: 'callback', text: button, payload: button }]);
    const attachments = [{ type: 'inline_keyboard', payload: { buttons: keyboard } }];
    await post(`${max.url}/messages?user_id=501`, { text, attachments }, { authorization: MAX });
  });
  await max.stop();
});

async function talk(person: ChatActor, tell: (text: string, buttons: readonly string[]) => Promise<void>) {
  await person.start('invite_x');
  await person.say('завтра в 9');
  const second = person.told('верно', 2);
  const pressed = person.press('Да');
  await tell('Понял так, верно?', ['Да', 'Нет']);
  await tell('А теперь верно?', ['Ещё']);
  expect((await second).text).toBe('А теперь верно?');
  await pressed;
  expect((await person.chat()).entries.at(-1)).toMatchObject({ from: 'bot', keyboard: [[{ text: 'Ещё' }]] });
}

test('a wait in vain shows the chat', async () => {
  const api = await startBotApi();
  const person = actor(api, '1234567890', { ...anna, withinMs: 10 });
  await person.say('привет');
  await expect(person.told('пока')).rejects.toThrow('message 1 with пока did not come to Анна; the chat:\n  > привет');
  await api.stop();
});
