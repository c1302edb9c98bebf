import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listReminders } from '../../db/repositories/reminders-read.ts';
import { startDialogStage, saidIn, toastIn, type DialogStage, type StageChat } from '../support/dialog-stage.ts';
import { TEST_SERVER } from '../support/time-skipping.ts';

describe.skipIf(TEST_SERVER === undefined)('reminders in the chat', () => {
  let stage: DialogStage;
  beforeAll(async () => {
    stage = await startDialogStage();
  });
  afterAll(async () => await stage.stop());

  const reminders = async (chat: StageChat) =>
    await listReminders(stage.em(), { userId: await chat.userId(), state: null, after: null, limit: 100 });

  test('somebody new says a phrase, tells the language and the city, agrees, and has the reminder', async () => {
    const chat = stage.chat();
    expect(saidIn(await chat.say('напомни по будням в 8:30 размяться'))).toContain('На каком языке');
    expect(saidIn(await chat.press('Русский'))).toContain('Напишите город');
    expect(saidIn(await chat.say('я в Казани'))).toMatch(/Москва: на часах сейчас <b>\d+:\d\d<\/b>|Казань: на часах/);
    const ready = saidIn(await chat.press('Да, верно'));
    expect(ready).toContain('Готово!');
    expect(ready).toContain('<b>размяться</b>');
    expect(ready).toContain('по будням в 8:30');
    expect(ready.match(/^• .* в 8:30$/gm)).toHaveLength(3);
    expect(await reminders(chat)).toEqual([]);
    expect(saidIn(await chat.press('Да, сохранить'))).toContain('✅ Сохранено');
    const [reminder, ...more] = await reminders(chat);
    expect(more).toEqual([]);
    expect(reminder).toMatchObject({ text: 'размяться', zone: null, state: 'active' });
    expect(reminder?.rule).toContain('BYDAY=MO,TU,WE,TH,FR');
    expect(reminder?.start).toMatch(/T08:30:00$/);
    const [user] = await stage
      .em()
      .execute('select name, role, password_hash from app_user where id = ?', [await chat.userId()]);
    expect(user).toEqual({ name: `tg${chat.person.personId}`, role: 'user', password_hash: null });
    expect(await stage.planned('reminder', reminder?.id ?? '')).toMatchObject({ next: { state: 'waits' } });
  });

  test('the same in English over MAX, with a clock instead of a city and “yes” in words', async () => {
    const chat = stage.chat({ messenger: 'max', language: 'en', name: 'Tom' });
    expect(saidIn(await chat.command('start'))).toContain('Which language');
    await chat.press('English');
    expect(saidIn(await chat.say('Lord Howe'))).toContain('Is that right?');
    await chat.press('No, another city');
    await chat.does({ kind: 'location', latitude: 51.5, longitude: -0.1 });
    const [asked] = await stage
      .em()
      .execute<{ awaiting: string }[]>('select awaiting from dialog_state where chat_id = ?', [chat.person.chatId]);
    expect(asked?.awaiting).toBe('zone');
    expect(saidIn(await chat.say('London'))).toContain('London');
    expect(saidIn(await chat.press('Yes, that’s right'))).toContain('All set!');
    expect(saidIn(await chat.say('call mum tomorrow at 6pm'))).toContain('<b>call mum</b>');
    expect(saidIn(await chat.say('yes'))).toContain('✅ Saved');
    expect(await reminders(chat)).toMatchObject([{ text: 'call mum', rule: null }]);
  });

  test('what is missing is asked for, and what was understood is kept', async () => {
    const chat = await stage.settled();
    expect(saidIn(await chat.say('позвонить маме'))).toContain('когда напомнить?');
    expect(saidIn(await chat.say('завтра в 18:00'))).toContain('<b>позвонить маме</b>');
    await chat.press('Изменить');
    const later = saidIn(await chat.say('в 9:30 завтра'));
    expect(later).toContain('<b>позвонить маме</b>');
    expect(later).toContain('9:30');
    expect(saidIn(await chat.say('позвонить папе'))).toMatch(/позвонить папе[\s\S]*9:30/);
    await chat.press('Да, сохранить');
    expect(await reminders(chat)).toMatchObject([{ text: 'позвонить папе' }]);
    expect(saidIn(await chat.say('завтра в 19:00'))).toContain('о чём напомнить?');
    expect(saidIn(await chat.say('купить хлеб'))).toMatch(/купить хлеб[\s\S]*19:00/);
  });

  test.each([
    ['завтра в 25:00 обед', 'Такого времени не бывает'],
    ['30 февраля в 10 отчёт', 'Такой даты в календаре нет'],
    ['каждую минуту моргать', 'Так часто не получится'],
  ])('%s is answered with the reason and an example', async (phrase, reason) => {
    const chat = await stage.settled();
    const said = saidIn(await chat.say(phrase));
    expect(said).toContain(reason);
    expect(said).toContain('<i>');
    expect(await reminders(chat)).toEqual([]);
  });

  test('a button that is pressed twice, and one of an older draft, do nothing more', async () => {
    const chat = await stage.settled();
    await chat.say('завтра в 10 полить цветы');
    const first = await chat.dataOf('Да, сохранить');
    await chat.say('завтра в 11 покормить кота');
    expect(toastIn(await chat.pressData(first))).toContain('уже не тот вариант');
    const second = await chat.dataOf('Да, сохранить');
    await chat.pressData(second);
    expect(toastIn(await chat.pressData(second))).toBe('Уже сохранено');
    expect((await reminders(chat)).map(({ text }) => text)).toEqual(['покормить кота']);
    expect(toastIn(await chat.pressData('nobody.knows|this'))).toBe('Эта кнопка уже не работает');
  });

  test('an update that comes twice is handled once, and what comes together in order', async () => {
    const chat = await stage.settled();
    const { person } = chat;
    const twice = { key: 'twice', event: { kind: 'text', text: 'завтра в 10 раз' }, person } as const;
    await stage.add(twice, twice);
    expect(await stage.handle(person)).toHaveLength(1);
    await stage.add(twice);
    expect(await stage.handle(person)).toEqual([]);
    const both = await chat.does({ kind: 'text', text: 'завтра в 12 второе' }, { kind: 'text', text: 'да' });
    expect(saidIn(both)).toMatch(/второе[\s\S]*Сохранено/);
    expect((await reminders(chat)).map(({ text }) => text)).toEqual(['второе']);
  });

  test('a reminder is listed, opened, changed, paused and deleted', async () => {
    const chat = await stage.settled();
    await chat.say('каждый день в 9 <b>зарядка</b> & душ');
    expect(saidIn(await chat.press('Да, сохранить'))).toContain('&lt;b&gt;зарядка&lt;/b&gt; &amp; душ');
    expect(saidIn(await chat.command('reminders'))).toContain('1. &lt;b&gt;зарядка');
    expect(saidIn(await chat.press('1'))).toContain('каждый день в 9:00');
    await chat.press('Текст');
    expect(saidIn(await chat.say('растяжка'))).toContain('<b>растяжка</b>');
    await chat.press('Время');
    expect(saidIn(await chat.say('по вторникам в 19:00'))).toContain('по вторникам в 19:00');
    expect(saidIn(await chat.press('Пауза'))).toContain('на паузе');
    expect(saidIn(await chat.press('Включить'))).toContain('Ближайшее');
    await chat.press('Удалить');
    expect(saidIn(await chat.press('Да, удалить'))).toContain('Удалено');
    expect(await reminders(chat)).toEqual([]);
    expect(saidIn(await chat.command('reminders'))).toContain('Напоминаний пока нет');
  });

  test('a reminder that has come is put off by a phrase and done by a button, once', async () => {
    const chat = await stage.settled();
    await chat.say('через 2 минуты чайник');
    await chat.press('Да, сохранить');
    const [reminder] = await reminders(chat);
    await stage.passMinutes(3);
    const done = await chat.dataOf('сделано');
    await chat.press('другое время');
    expect(saidIn(await chat.say('через 40 минут'))).toMatch(/Напомним (завтра в )?\d/);
    expect(toastIn(await chat.pressData(done))).toBe('Отлично!');
    expect(toastIn(await chat.pressData(done))).toBe('Так уже и есть');
    expect(reminder?.text).toBe('чайник');
  });

  test('pages of a long list stay within the limits of a message', async () => {
    const chat = await stage.settled();
    const userId = await chat.userId();
    await stage.em().execute(
      `insert into reminder (id, user_id, text, start, exdates, rdates, lead_minutes, misfire, quiet, next_at, handled_to, handled_zone)
       select gen_random_uuid(), ?, repeat('&', 900) || n, '2030-01-01T10:00:00', '[]', '[]', '[]', '{"kind":"skip"}', 'send',
         now() + n * interval '1 hour', now(), 'Europe/Berlin' from generate_series(1, 30) as n`,
      [userId],
    );
    const first = await chat.command('reminders');
    expect(first).toHaveLength(1);
    expect(saidIn(first).length).toBeLessThan(4_096);
    expect(saidIn(await chat.press('›'))).toContain('9. ');
    expect(saidIn(await chat.press('‹'))).toContain('1. ');
  });
});
