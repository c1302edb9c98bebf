import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DialogState, Reaction, Reply } from '../../bot/dialog/dialog.ts';
import { NOTHING_AWAITED } from '../../bot/dialog/dialog.ts';
import { handleTurn } from '../../bot/dialog/handle-turn.ts';
import { routeTable } from '../../bot/dialog/route-table.ts';
import { screens } from '../../bot/screens.ts';
import type { Language } from '../../domain/accounts/language.ts';
import type { ChatEvent } from '../../domain/shared/chat-event.ts';
import type { Keyboard } from '../../domain/shared/keyboard.ts';
import { renderPng } from '../../providers/pictures/render-png.ts';
import { startHabitStage, type HabitStage } from '../support/habit-stage.ts';
import { TEST_SERVER } from '../support/time-skipping.ts';

const routes = routeTable(screens);

/** A person who talks about habits; buttons are pressed by their text under the last message that has one so named. */
function talking(stage: HabitStage, userId: string, speaks: Language) {
  let state: DialogState = NOTHING_AWAITED;
  let shown: readonly Reply[] = [];
  let file = new Uint8Array();
  const turn = async (event: ChatEvent, updateId: string = randomUUID()): Promise<Reaction> => {
    const talker = {
      ...({ userId, speaks, role: 'user', zone: 'Europe/Berlin', isOnboarded: true, isOperator: false } as const),
      ...({ messenger: 'telegram', personId: '1', chatId: '1', name: 'Anna', language: speaks } as const),
    };
    const deps = { em: stage.em, client: stage.client, renderPng, download: async () => file };
    const nowMs = await stage.now();
    const reaction = await handleTurn({ talker, event, state, updateId, nowMs }, { routes, deps });
    state = reaction.state ?? state;
    if (reaction.replies.length > 0) shown = reaction.replies;
    return reaction;
  };
  const keyboards = (): Keyboard => shown.flatMap((reply) => ('keyboard' in reply ? (reply.keyboard ?? []) : []));
  const dataOf = (text: string): string => {
    const button = keyboards()
      .flat()
      .find((one) => one.text.includes(text));
    if (button?.kind !== 'press') throw new Error(`no button «${text}» among ${JSON.stringify(keyboards())}`);
    return button.data;
  };
  return {
    html: (): string => shown.map((reply) => reply.html).join('\n'),
    say: async (text: string) => await turn({ kind: 'text', text }),
    command: async (name: string, args = '') => await turn({ kind: 'command', name, args }),
    dataOf,
    pressData: async (data: string, updateId?: string) =>
      await turn({ kind: 'press', data, callbackId: '1', messageId: '1' }, updateId),
    press: async (text: string) => await turn({ kind: 'press', data: dataOf(text), callbackId: '1', messageId: '1' }),
    send: async (bytes: Uint8Array<ArrayBuffer>) => {
      file = bytes;
      return await turn({ kind: 'file', name: 'habits.zip', fileId: 'x', bytes: bytes.length });
    },
  };
}

describe.skipIf(TEST_SERVER === undefined)('habits in the chat', () => {
  let stage: HabitStage;
  beforeAll(async () => {
    stage = await startHabitStage();
  });
  afterAll(async () => await stage.stop());

  test('one is begun in three taps, ticked in one, and its map is a picture', async () => {
    const chat = talking(stage, await stage.person(), 'ru');
    await chat.command('habits');
    expect(chat.html()).toContain('Привычек пока нет');
    await chat.press('Новая привычка');
    await chat.say('  Зарядка  ');
    const twice = chat.dataOf('Каждый день в 20:00');
    const updateId = randomUUID();
    await chat.pressData(twice, updateId);
    expect(chat.html()).toMatch(/Зарядка.* — начали!/);
    expect(chat.html()).toContain('Спрашиваю в 20:00');
    await chat.command('habits');
    const tick = chat.dataOf('Готово');
    expect((await chat.pressData(tick)).toast).toBe('Отмечено');
    expect(chat.html()).toMatch(/✅ <b>Зарядка<\/b> · 🔥 1 день/);
    expect((await chat.pressData(tick)).toast).toBe('Уже отмечено');
    await chat.press('Зарядка');
    const [picture] = (await chat.press('Карта года')).replies;
    expect(picture?.kind === 'picture' ? String.fromCharCode(...picture.png.slice(1, 4)) : null).toBe('PNG');
    await chat.press('Тёмная');
    await chat.command('habits');
    await chat.press('Зарядка');
    await chat.press('Отменить');
    expect(chat.html()).toContain('▫️ <b>Зарядка</b>');
    await chat.press('Пауза');
    await chat.press('Неделя');
    expect(chat.html()).toContain('На паузе до');
    await chat.press('Вернуться');
    expect(chat.html()).not.toContain('На паузе');
    await chat.press('В архив');
    expect(chat.html()).toContain('Привычек пока нет');
  });

  test('a measured one is told step by step, adds once for each message, and takes another number', async () => {
    const chat = talking(stage, await stage.person({ language: 'en' }), 'en');
    await chat.command('habits', 'Water');
    await chat.press('at least');
    await chat.say('many');
    expect(chat.html()).toContain('Begin with a number');
    await chat.say('2,5 litres');
    await chat.press('A day');
    await chat.say('25:99');
    expect(chat.html()).toContain('I see no time');
    await chat.say('9 and 21:30');
    expect(chat.html()).toContain('I ask at 09:00, 21:30');
    expect(chat.html()).toContain('at least 2.5 litres a day');
    await chat.command('habits');
    const add = chat.dataOf('+0.5 litres');
    await chat.pressData(add);
    await chat.pressData(add);
    expect(chat.html()).toContain('0.5/2.5 litres');
    await chat.press('Water');
    await chat.press('Other number');
    await chat.say('lots');
    expect(chat.html()).toContain('I need a number');
    await chat.say('2.5');
    expect(chat.html()).toContain('✅ <b>Water</b>');
    await chat.press('When to ask');
    await chat.say('no');
    expect(chat.html()).toContain('It does not ask by itself');
  });

  test('all of it goes out as a file, and comes in at somebody else’s', async () => {
    const anna = talking(stage, await stage.person(), 'ru');
    await anna.command('habits', 'Чтение');
    await anna.press('Сделано или нет');
    await anna.press('3× в неделю');
    await anna.press('Не спрашивать');
    await anna.press('Готово');
    await anna.press('К списку');
    await anna.press('Ещё');
    const [file] = (await anna.press('Выгрузить')).replies;
    const boris = talking(stage, await stage.person(), 'ru');
    await boris.command('habits');
    await boris.press('Ещё');
    await boris.press('Загрузить');
    await boris.send(new Uint8Array([1, 2, 3]));
    expect(boris.html()).toContain('не похож на выгрузку');
    await boris.send(file?.kind === 'file' ? new Uint8Array(file.bytes) : new Uint8Array());
    expect(boris.html()).toContain('Привычек: 1, новых отметок: 1');
    await boris.command('habits');
    expect(boris.html()).toContain('Чтение');
  });

  test('a button of what is gone gets a word, and so does one pressed after the talk moved on', async () => {
    const chat = talking(stage, await stage.person(), 'ru');
    await chat.command('habits', 'Йога');
    const kind = chat.dataOf('Сделано или нет');
    await chat.press('Каждый день');
    await chat.press('В архив');
    await chat.press('Ещё');
    await chat.press('Архив');
    const open = chat.dataOf('Йога');
    await chat.press('Йога');
    await chat.press('Удалить навсегда');
    await chat.press('Да, удалить');
    await chat.pressData(open);
    expect(chat.html()).toContain('Этой привычки уже нет');
    await chat.command('cancel');
    await chat.pressData(kind);
    expect(chat.html()).toContain('Начнём заново');
  });
});
