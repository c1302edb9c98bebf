import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGroupEventActivities } from '../../activities/agenda/group-events.ts';
import { createGroupEvent } from '../../client/groups.ts';
import { readInvite } from '../../db/repositories/group-invites.ts';
import { listGroupEvents, listAnswers } from '../../db/repositories/group-events.ts';
import { listGroups } from '../../db/repositories/groups.ts';
import type { OutboxPayload } from '../../domain/shared/outbox-message.ts';
import { saidIn, startDialogStage, toastIn, type DialogStage, type StageChat } from '../support/dialog-stage.ts';
import { TEST_SERVER } from '../support/time-skipping.ts';

describe.skipIf(TEST_SERVER === undefined)('groups in the chat', () => {
  let stage: DialogStage;
  beforeAll(async () => {
    stage = await startDialogStage([], ({ em, wakeSenders }) => createGroupEventActivities({ em, wakeSenders }));
  });
  afterAll(async () => {
    await stage.stop();
  });

  const groupOf = async (chat: StageChat): Promise<string> => {
    const [group] = await listGroups(stage.em(), { userId: await chat.userId(), limit: 1, after: null });
    return group?.id ?? '';
  };
  const linkOf = (payloads: readonly OutboxPayload[]): string => /invite_\w+/.exec(saidIn(payloads))?.[0] ?? '';

  test('a group is made, a friend comes in by the link, and both see the event said in a phrase', async () => {
    const anna = await stage.settled({ name: 'Анна' });
    expect(saidIn(await anna.command('groups'))).toContain('Групп пока нет');
    await anna.press('Новая группа');
    expect(saidIn(await anna.say('Шахматы'))).toMatch(/Шахматы.*Вы владелец, участников: 1/s);
    await anna.press('Пригласить');
    const link = linkOf(await anna.press('Сделать приглашение'));
    expect(link).toMatch(/^invite_\w{16}$/);
    const bob = await stage.settled({ name: 'Боб' });
    expect(saidIn(await bob.command('start', link))).toMatch(/Вас зовут в группу <b>Шахматы/);
    const joined = await bob.press('Вступить');
    expect([saidIn(joined), toastIn(joined)]).toEqual([expect.stringContaining('Вы участник'), 'Вы в группе!']);
    // The same link again leads into the group.
    expect(saidIn(await bob.command('start', link))).toContain('Вы участник, участников: 2');
    await anna.command('groups');
    await anna.press('Шахматы');
    await anna.press('➕ Событие');
    expect(saidIn(await anna.say('по понедельникам в 19 турнир'))).toMatch(/Понял так: <b>турнир/i);
    const save = await anna.dataOf('Верно');
    expect(toastIn(await anna.pressData(save))).toBe('Событие добавлено.');
    await anna.pressData(save);
    const events = await listGroupEvents(stage.em(), {
      ...{ userId: await bob.userId(), groupId: await groupOf(bob), limit: 5, after: null, onlyActive: true },
    });
    expect(events.map(({ rule, leadMinutes }) => [rule, leadMinutes])).toEqual([['FREQ=WEEKLY;BYDAY=MO', [60]]]);
  });

  test('an answer is given by a button, once; an invite that was revoked lets nobody in', async () => {
    const anna = await stage.settled({ language: 'en' });
    const [userId, eventId] = [await anna.userId(), randomUUID()];
    await anna.command('groups');
    await anna.press('New group');
    await anna.say('Choir');
    const groupId = await groupOf(anna);
    const when = { start: '2040-01-02T19:00:00', zone: 'Europe/Berlin', rule: 'FREQ=WEEKLY', exdates: [] };
    const event = {
      title: 'Rehearsal',
      description: null,
      ...when,
      durationMinutes: null,
      leadMinutes: [],
      tagIds: [],
    };
    await createGroupEvent(stage.client, eventId, { ...event, groupId, userId });
    await anna.press('📅 Events');
    await anna.press('Rehearsal');
    const going = await anna.dataOf('Going');
    const answered = await anna.pressData(going);
    expect(toastIn(answered)).toBe('Noted');
    expect(saidIn(answered)).toContain('✅ 1 · 🤷 0 · ❌ 0');
    expect(toastIn(await anna.pressData(going))).toBe('That’s what you said before');
    expect(await listAnswers(stage.em(), { eventId, key: '20400102T1900' })).toMatchObject([
      { userId, answer: 'going' },
    ]);
    expect(toastIn(await anna.pressData(going.replace('20400102T1900', '20400103T1900')))).toBe('It’s gone already');
    await anna.command('groups');
    await anna.press('Choir');
    await anna.press('Invite');
    const link = linkOf(await anna.press('Make an invite'));
    await anna.press('Revoke');
    expect(await readInvite(stage.em(), groupId)).toBeNull();
    const eve = await stage.settled({ language: 'en' });
    expect(saidIn(await eve.command('start', link))).toContain('no longer valid');
    expect(saidIn(await eve.pressData(going))).not.toContain('Rehearsal');
  });

  test('how one hears of events, a calendar file, and leaving', async () => {
    const anna = await stage.settled();
    await anna.command('groups');
    await anna.press('Новая группа');
    await anna.say('Бег');
    await anna.press('Пригласить');
    const link = linkOf(await anna.press('Сделать приглашение'));
    const bob = await stage.settled();
    await bob.command('start', link);
    await bob.press('Вступить');
    expect(toastIn(await bob.press('Без звука'))).toBe('Сообщаем без звука');
    const [group] = await listGroups(stage.em(), { userId: await bob.userId(), limit: 1, after: null });
    expect(group?.notify).toBe('quiet');
    const file = (await bob.press('Файл .ics')).find(({ kind }) => kind === 'file');
    expect(file).toMatchObject({ name: 'calendar.ics' });
    await bob.press('Выйти из группы');
    expect(saidIn(await bob.pressData((await bob.dataOf('Выйти из группы')).replace('leave', 'left')))).toContain(
      'вы вышли',
    );
    expect(await listGroups(stage.em(), { userId: await bob.userId(), limit: 1, after: null })).toEqual([]);
  });
});
