import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOccasionActivities } from '../../activities/agenda/occasions.ts';
import { changeOccasion, createOccasion } from '../../client/occasions.ts';
import type { OccasionChange } from '../../contracts/occasions.ts';
import { readOccasion } from '../../db/repositories/occasions.ts';
import { addPerson, removePerson } from '../../db/repositories/people.ts';
import { addDays, dateOf, DAY_MS } from '../../domain/agenda/zoned-time.ts';
import { aPerson } from '../support/a-person.ts';
import { startAgendaStage, textsOf, type AgendaStage } from '../support/agenda-stage.ts';
import { TEST_SERVER } from '../support/time-skipping.ts';

const ZONE = 'Europe/Berlin';

describe.skipIf(TEST_SERVER === undefined)('occasions in virtual time', () => {
  let stage: AgendaStage;
  beforeAll(async () => {
    stage = await startAgendaStage(createOccasionActivities);
  });
  afterAll(async () => await stage.stop());

  /** Somebody's birthday in so many days. */
  async function birthday(userId: string, inDays: number) {
    const [personId, id] = [randomUUID(), randomUUID()];
    await addPerson(stage.em(), { userId, id: personId }, aPerson('Мама <3'));
    const [year, month, day] = addDays(dateOf(await stage.now(), ZONE), inDays)
      .split('-')
      .map(Number);
    await createOccasion(stage.client, id, {
      ...{ userId, personId, kind: 'birthday', title: null, year: 1960, leadDays: [14, 7, 3], at: '10:00' },
      ...{ month: month ?? 1, day: day ?? 1 },
    });
    return { id, personId, year: year ?? 0 };
  }
  const change = async (userId: string, occasionId: string, what: OccasionChange) =>
    await changeOccasion(stage.client, { userId, occasionId, change: what, requestId: randomUUID() });

  test('it is told of three times and greeted on the day; next year again', async () => {
    const userId = await stage.person();
    const { year } = await birthday(userId, 20);
    await stage.pass(21 * DAY_MS);
    const texts = textsOf(await stage.told(userId));
    expect(texts.map((text) => text.split(' <b>')[0])).toEqual([
      ...['🎁 Через две недели', '🎁 Через неделю', '🎁 Через 3 дня', '🎉 Сегодня'],
    ]);
    expect(texts.at(-1)).toContain('Мама &lt;3, с днём рождения!');
    expect(texts.at(-1)).toContain(`Исполняется: ${year - 1960}.`);
    await stage.pass(360 * DAY_MS);
    expect(await stage.told(userId)).toHaveLength(6);
  });

  test('a present that is there ends the notices of this year, pressed twice as well', async () => {
    const userId = await stage.person();
    const { id, year } = await birthday(userId, 10);
    await stage.pass(4 * DAY_MS);
    expect(await change(userId, id, { kind: 'done', year })).toBe(true);
    expect(await change(userId, id, { kind: 'done', year })).toBe(false);
    await stage.pass(7 * DAY_MS);
    expect(textsOf(await stage.told(userId)).map((text) => text.slice(0, 6))).toEqual(['🎁 Чер', '🎉 Сег']);
  });

  test('put off, it comes again tomorrow; a forgotten person takes the occasions along', async () => {
    const userId = await stage.person({ language: 'en' });
    const { id, personId } = await birthday(userId, 10);
    await stage.pass(4 * DAY_MS);
    await change(userId, id, { kind: 'later' });
    await stage.pass(DAY_MS);
    expect(textsOf(await stage.told(userId)).map((text) => text.split(':')[0])).toEqual([
      '🎁 In a week',
      '🎁 In 5 days',
    ]);
    await removePerson(stage.em(), { userId, id: personId });
    await stage.pass(10 * DAY_MS);
    expect(await stage.told(userId)).toHaveLength(2);
    expect(await readOccasion(stage.em(), userId, id)).toBeNull();
  });

  test('a day that does not exist is refused, and somebody else’s occasion is none of mine', async () => {
    const [userId, other] = [await stage.person(), await stage.person()];
    const { id } = await birthday(userId, 10);
    await expect(change(userId, id, { kind: 'edit', edit: { month: 2, day: 30 } })).rejects.toMatchObject({
      code: 'occasion-invalid',
    });
    await expect(change(other, id, { kind: 'delete' })).rejects.toMatchObject({ code: 'occasion-not-found' });
    expect(await change(userId, id, { kind: 'delete' })).toBe(true);
  });
});
