import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Screen } from '../../bot/dialog/dialog.ts';
import { routeTable } from '../../bot/dialog/route-table.ts';
import { screens } from '../../bot/screens.ts';
import { undescribedCommands } from '../../bot/screens/help.ts';
import { listReminders } from '../../db/repositories/reminders-read.ts';
import { addLinkCode } from '../../db/repositories/link-codes.ts';
import { addUser } from '../../db/repositories/users.ts';
import type { OutboxPayload } from '../../domain/shared/outbox-message.ts';
import { saidIn, startDialogStage, toastIn, type DialogStage, type StageChat } from '../support/dialog-stage.ts';
import { TEST_SERVER } from '../support/time-skipping.ts';

const broken: Screen = {
  commands: {
    break: () => {
      throw new Error('a bug');
    },
  },
};
const commands = [...routeTable(screens).commands.keys()];

test('every command is described, and every described one is there', () => {
  expect(undescribedCommands(routeTable(screens))).toEqual([]);
});

describe.skipIf(TEST_SERVER === undefined)('the dialog', () => {
  let stage: DialogStage;
  beforeAll(async () => {
    stage = await startDialogStage([broken]);
  });
  afterAll(async () => await stage.stop());

  const person = async (): Promise<string> => {
    const name = `u${randomUUID()}`;
    const user = await addUser(stage.em(), { name, passwordHash: 'x', language: 'ru', zone: 'UTC', ip: '::1' });
    return user?.id ?? '';
  };
  const code = async (userId: string, letters: string): Promise<string> => {
    await addLinkCode(stage.em(), { userId, ip: null }, { code: letters, lifeMs: 60_000 });
    return letters;
  };
  const remind = async (chat: StageChat, phrase: string): Promise<void> => {
    await chat.say(phrase);
    await chat.say('да');
  };
  const textsOf = async (userId: string): Promise<string[]> =>
    (await listReminders(stage.em(), { userId, state: null, after: null, limit: 10 })).map(({ text }) => text);

  test.each([
    ...commands.map((name) => [name, 'ru', 'telegram'] as const),
    ...commands.map((name) => [name, 'en', 'max'] as const),
  ])(
    '/%s answers in %s, in sound HTML and with buttons that both messengers take',
    async (name, language, messenger) => {
      const chat = await stage.settled({ language, messenger, name: '<b>Tom</b> & "Anna"' });
      const told = await chat.command(name);
      expect(saidIn(told).trim()).not.toBe('');
      for (const payload of told) expectSound(payload, language);
    },
  );

  test('a command that nobody knows, a photo and a location where a text was asked get a kind answer', async () => {
    const chat = await stage.settled();
    expect(saidIn(await chat.command('<b>'))).toContain('/&lt;b&gt; у бота нет');
    expect(saidIn(await chat.does({ kind: 'other', what: 'photo' }))).toContain('Напишите, пожалуйста, словами');
    await chat.command('remind');
    expect(saidIn(await chat.does({ kind: 'other', what: 'voice' }))).toContain('нужен ответ словами');
    expect(saidIn(await chat.does({ kind: 'location', latitude: 1, longitude: 1 }))).toContain('нужен ответ словами');
    expect(saidIn(await chat.command('cancel'))).toContain('отменили');
    expect(saidIn(await chat.command('cancel'))).toContain('Отменять нечего');
    expect(saidIn(await chat.say('я'.repeat(5_000)))).toContain('Слишком длинный текст');
  });

  test('what keeps failing is given up with a word, and the next update has its turn', async () => {
    const chat = await stage.settled();
    const { person: who } = chat;
    await stage.add({ key: randomUUID(), event: { kind: 'command', name: 'break', args: '' }, person: who });
    for (let attempt = 1; attempt < 5; attempt += 1) await expect(stage.handle(who)).rejects.toThrow('a bug');
    expect(saidIn(await stage.handle(who))).toContain('Что-то сломалось');
    expect(saidIn(await chat.command('help'))).toContain('Что умеет бот');
  });

  test('who blocks the bot is told nothing more, and is there again with the next word', async () => {
    const chat = await stage.settled();
    const state = async (): Promise<unknown> =>
      await stage.em().execute('select state from chat where chat_id = ?', [chat.person.chatId]);
    expect(await chat.does({ kind: 'blocked' })).toEqual([]);
    expect(await state()).toEqual([{ state: 'blocked' }]);
    await chat.command('help');
    expect(await state()).toEqual([{ state: 'active' }]);
  });

  test('settings are changed by buttons and by words', async () => {
    const chat = await stage.settled();
    expect(saidIn(await chat.command('settings'))).toContain('Берлин, сейчас');
    await chat.press('Тихие часы');
    expect(saidIn(await chat.say('ночью'))).toContain('не похоже на промежуток');
    expect(saidIn(await chat.say('с 23 до 7:30'))).toContain('<b>23:00–7:30</b>');
    await chat.press('План на день');
    expect(saidIn(await chat.press('Выключить'))).toContain('План на день: <b>выключено</b>');
    await chat.press('Итоги недели');
    expect(saidIn(await chat.press('Пт'))).toContain('<b>пятница</b>');
    await chat.press('Имя');
    expect(saidIn(await chat.say('1'))).toContain('Так назвать нельзя');
    await chat.say(`anna${chat.person.personId}`);
    await chat.press('Часы');
    await chat.say('Токио');
    expect(saidIn(await chat.press('Да, верно'))).toContain('Токио, сейчас');
    await chat.press('Язык');
    expect(saidIn(await chat.press('English'))).toContain('Quiet hours: <b>23:00–7:30</b>');
    expect(saidIn(await chat.press('Unlink'))).toContain('nothing to unlink');
    const [kept] = await stage
      .em()
      .execute('select name, zone, language from app_user join user_settings on user_id = id where id = ?', [
        await chat.userId(),
      ]);
    expect(kept).toEqual({ name: `anna${chat.person.personId}`, zone: 'Asia/Tokyo', language: 'en' });
  });

  test('a code makes the person the user of the panel, with all that was in the bot', async () => {
    const [chat, userId] = [await stage.settled({ zone: 'Asia/Tokyo' }), await person()];
    await remind(chat, 'завтра в 10 полить цветы');
    const before = await chat.userId();
    expect(saidIn(await chat.command('link'))).toContain('код');
    expect(saidIn(await chat.say('ABC'))).toContain('8 латинских букв');
    expect(saidIn(await chat.say('ABCDEFGH'))).toContain('Такого кода нет');
    expect(saidIn(await chat.command('link', await code(userId, 'QWERTYUP')))).toContain('Готово!');
    expect(await chat.userId()).toBe(userId);
    expect(await textsOf(userId)).toEqual(['полить цветы']);
    expect(await stage.em().execute('select 1 from app_user where id = ?', [before])).toEqual([]);
    expect(await stage.em().execute('select zone from user_settings where user_id = ?', [userId])).toEqual([
      { zone: 'Asia/Tokyo' },
    ]);
    expect(saidIn(await chat.command('reminders'))).toContain('полить цветы');
    expect(saidIn(await chat.command('link', 'QWERTYUP'))).toContain('Готово!');
    expect(saidIn(await chat.command('start', `link_${await code(userId, 'ZXCVBNMA')}`))).toContain('уже связаны');
    await chat.command('settings');
    await chat.press('Отвязать');
    expect(saidIn(await chat.press('Да, отвязать'))).toContain('Отвязано');
    expect(await chat.userId()).not.toBe(userId);
    expect(await textsOf(userId)).toEqual(['полить цветы']);
  });

  test('who is somebody else already is told so, from both sides', async () => {
    const [first, second, anna, boris] = [await stage.settled(), await stage.settled(), await person(), await person()];
    await first.command('link', await code(anna, 'AAAABBBB'));
    expect(saidIn(await first.command('link', await code(boris, 'CCCCDDDD')))).toContain('другой учётной записью');
    expect(saidIn(await second.command('link', await code(anna, 'EEEEFFFF')))).toContain('другой человек');
  });

  test('codes cannot be guessed by trying', async () => {
    const chat = await stage.settled();
    for (let attempt = 0; attempt < 5; attempt += 1) await chat.command('link', 'HHHHHHHH');
    await chat.command('link', 'HHHHHHHH');
    expect(saidIn(await chat.command('link', 'HHHHHHHH'))).toContain('Слишком много попыток');
  });

  test('a calendar file becomes reminders, and what does not is listed with the reason', async () => {
    const chat = await stage.settled();
    const event = (lines: string): string => `BEGIN:VEVENT\r\nUID:${randomUUID()}\r\n${lines}\r\nEND:VEVENT\r\n`;
    const file = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${event('SUMMARY:Планёрка <1>\r\nDTSTART:20260105T090000\r\nRRULE:FREQ=WEEKLY;BYDAY=MO')}${event(
      'SUMMARY:Старое\r\nDTSTART:20200101T090000',
    )}${event('SUMMARY:Кривое\r\nDTSTART:20260105T090000\r\nRRULE:FREQ=NEVER')}END:VCALENDAR\r\n`;
    stage.sends(new TextEncoder().encode(file));
    const sent = { kind: 'file', name: 'work.ics', fileId: 'f', bytes: file.length } as const;
    const said = saidIn(await chat.does(sent));
    expect(said).toContain('добавлено напоминаний: <b>1</b>');
    expect(said).toMatch(/Не подошли: 2[\s\S]*Старое — уже прошло/);
    await chat.does(sent);
    expect(await textsOf(await chat.userId())).toEqual(['Планёрка <1>']);
    expect(saidIn(await chat.does({ ...sent, name: 'photo.exe' }))).toContain('в формате .ics');
  });

  test('operators see figures, nobody else knows that there are any', async () => {
    const [operator, somebody] = [await stage.settled({ personId: '900' }), await stage.settled()];
    expect(saidIn(await operator.command('stats'))).toContain('Активные напоминания');
    expect(saidIn(await operator.command('health'))).toMatch(/Temporal: <b>\d+ мс<\/b>/);
    expect(saidIn(await somebody.command('stats'))).toContain('/stats у бота нет');
  });

  test('an old question is not answered by a button of long ago', async () => {
    const chat = await stage.settled();
    expect(toastIn(await chat.pressData('zone.yes|Asia/Tokyo'))).toBe('Эта кнопка уже не работает');
    expect(saidIn(await chat.command('settings'))).toContain('Берлин');
  });
});

/** Text of a person that could be a tag is none, and no button is too long. */
function expectSound(payload: OutboxPayload, language: 'ru' | 'en'): void {
  if (!('html' in payload)) return;
  expect(unclosedTags(payload.html)).toEqual([]);
  expect(payload.html.replaceAll(/<\/?[a-z]+>/g, '')).not.toMatch(/[<>]/);
  if (language === 'en') expect(payload.html).not.toMatch(/[а-яё]/i);
  const buttons = 'keyboard' in payload ? (payload.keyboard ?? []).flat() : [];
  expect(buttons.filter(({ text }) => text.trim() === '')).toEqual([]);
  for (const button of buttons) if (button.kind === 'press') expect(button.data.length).toBeLessThanOrEqual(64);
}

/** Of the tags that both messengers have. */
function unclosedTags(html: string): string[] {
  const open: string[] = [];
  for (const [, slash = '', tag = ''] of html.matchAll(/<(\/?)(b|i|u|s|code|pre)>/g)) {
    if (slash === '') open.push(tag);
    else expect(open.pop()).toBe(tag);
  }
  return open;
}
