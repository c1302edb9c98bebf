import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDigestActivities } from '../../activities/agenda/digests.ts';
import { createZoneActivities } from '../../activities/agenda/zones.ts';
import { planAgain } from '../../client/agenda.ts';
import { planDigests } from '../../client/digests.ts';
import { changeZone } from '../../client/zone.ts';
import { changeAgendaSettings, type AgendaSettingsChange } from '../../db/repositories/agenda-settings.ts';
import { addTask } from '../../db/repositories/tasks.ts';
import { addDays, instantOf, weekdayOf } from '../../domain/agenda/zoned-time.ts';
import { aTask } from '../support/a-task.ts';
import { startAgendaStage, textsOf, type AgendaStage } from '../support/agenda-stage.ts';
import { TEST_SERVER } from '../support/time-skipping.ts';

const ZONE = 'Europe/Berlin';
const MINUTE_MS = 60_000;
const NONE: AgendaSettingsChange = { morningAt: null, eveningAt: null, weeklyOn: null };

describe.skipIf(TEST_SERVER === undefined)('digests in virtual time', () => {
  let stage: AgendaStage;
  /** Until then no worker was there. */
  let awayUntilMs = 0;
  beforeAll(async () => {
    stage = await startAgendaStage((parts) => ({
      ...createDigestActivities({ ...parts, clock: () => awayUntilMs }),
      ...createZoneActivities({ em: parts.em, planAgain: async (ids) => await planAgain(stage.client, ids) }),
    }));
  });
  afterAll(async () => await stage.stop());

  async function wants(userId: string, settings: AgendaSettingsChange): Promise<void> {
    await changeAgendaSettings(stage.em(), userId, { ...NONE, ...settings });
    await planDigests(stage.client, userId, randomUUID());
  }
  const sent = async (userId: string): Promise<string[]> =>
    (await stage.told(userId)).map(({ key }) => key.replace('digest:', ''));
  /** A minute later, so that what is due then has come. */
  const passTo = async (wall: string, zone = ZONE): Promise<void> => {
    await stage.passTo(instantOf(`${wall}:00`, zone) + MINUTE_MS);
  };

  test('morning, evening and week come at the person’s times, once a date', async () => {
    const userId = await stage.person({ language: 'en' });
    await passTo('2026-12-01T12:00');
    await addTask(stage.em(), { userId, id: randomUUID() }, aTask({ title: 'a < b', dueDate: '2026-12-02' }));
    await wants(userId, { morningAt: '07:10', eveningAt: '22:15', weeklyOn: 4 }); // Thursday
    await passTo('2026-12-01T22:13');
    expect(await sent(userId)).toEqual([]);
    await passTo('2026-12-01T22:15');
    expect(await sent(userId)).toEqual(['evening:2026-12-01']);
    await passTo('2026-12-02T07:10');
    expect(textsOf(await stage.told(userId)).at(-1)).toContain('a &lt; b');
    await wants(userId, { morningAt: '07:10', eveningAt: '22:15', weeklyOn: 4 }); // asked again, it comes no second time
    await passTo('2026-12-09T12:00');
    const days = Array.from({ length: 8 }, (_, n) => addDays('2026-12-02', n));
    expect(await sent(userId)).toEqual([
      'evening:2026-12-01',
      ...days.flatMap((date) => [
        `morning:${date}`,
        ...(date === '2026-12-09' ? [] : [`evening:${date}`]),
        ...(weekdayOf(date) === 4 ? [`weekly:${date}`] : []),
      ]),
    ]);
    await wants(userId, NONE);
  });

  test('other times count from the next moment on, and none at all means none', async () => {
    const userId = await stage.person();
    await passTo('2027-01-10T06:00');
    await wants(userId, { morningAt: '08:00' });
    await wants(userId, { morningAt: '09:30', eveningAt: '20:00' });
    await passTo('2027-01-10T09:28');
    expect(await sent(userId)).toEqual([]);
    await passTo('2027-01-10T09:30');
    await wants(userId, { morningAt: '11:00' }); // today's has been
    await passTo('2027-01-10T23:00');
    expect(await sent(userId)).toEqual(['morning:2027-01-10']);
    await wants(userId, NONE);
    await passTo('2027-01-15T00:00');
    expect(await sent(userId)).toEqual(['morning:2027-01-10']);
    expect((await stage.planned('digest', userId))?.next).toEqual({ state: 'idle' });
  });

  test('what a worker missed by hours is let be; the next one comes', async () => {
    const userId = await stage.person();
    await passTo('2027-02-01T12:00');
    await wants(userId, { morningAt: '08:30', eveningAt: '21:00' });
    await passTo('2027-02-01T21:00');
    awayUntilMs = instantOf('2027-02-02T13:00:00', ZONE); // four and a half hours late
    await passTo('2027-02-02T20:00');
    expect(await sent(userId)).toEqual(['evening:2027-02-01']);
    await passTo('2027-02-02T21:00');
    awayUntilMs = instantOf('2027-02-03T10:00:00', ZONE); // an hour and a half: worth telling
    await passTo('2027-02-03T08:30');
    expect(await sent(userId)).toEqual(['evening:2027-02-01', 'evening:2027-02-02', 'morning:2027-02-03']);
    await wants(userId, NONE);
  });

  test('in the nights in which clocks change a digest comes once, by the wall clock', async () => {
    const userId = await stage.person();
    await passTo('2027-03-26T12:00');
    await wants(userId, { morningAt: '02:30', eveningAt: '21:00' });
    await stage.passTo(Date.parse('2027-03-28T01:29Z'));
    expect((await sent(userId)).at(-1)).toBe('evening:2027-03-27');
    await stage.passTo(Date.parse('2027-03-28T01:31Z')); // 3:31, there was no 2:30
    expect((await sent(userId)).at(-1)).toBe('morning:2027-03-28');
    await stage.passTo(Date.parse('2027-03-28T19:01Z')); // 21:01 in summer
    expect((await sent(userId)).at(-1)).toBe('evening:2027-03-28');
    await wants(userId, NONE);
    await passTo('2027-10-30T12:00');
    await wants(userId, { morningAt: '02:30' });
    await stage.passTo(Date.parse('2027-10-31T00:31Z')); // the first 2:30
    expect((await sent(userId)).at(-1)).toBe('morning:2027-10-31');
    await stage.passTo(Date.parse('2027-10-31T12:00Z'));
    expect((await sent(userId)).filter((key) => key === 'morning:2027-10-31')).toHaveLength(1);
    await wants(userId, NONE);
  });

  test('who moves to another zone has the same date’s digest once, then by the clock of the new place', async () => {
    const userId = await stage.person();
    await passTo('2027-11-20T06:00');
    await wants(userId, { morningAt: '08:30', eveningAt: '21:00' });
    await passTo('2027-11-20T09:00');
    await changeZone(stage.client, { userId, zone: 'America/New_York' }); // 3:00
    await passTo('2027-11-20T20:58', 'America/New_York');
    expect(await sent(userId)).toEqual(['morning:2027-11-20']);
    await passTo('2027-11-20T21:00', 'America/New_York');
    await changeZone(stage.client, { userId, zone: 'Asia/Tokyo' }); // 11:01 of the next day: its morning is two hours late
    await passTo('2027-11-21T21:00', 'Asia/Tokyo');
    expect(await sent(userId)).toEqual([
      ...['morning:2027-11-20', 'evening:2027-11-20', 'morning:2027-11-21', 'evening:2027-11-21'],
    ]);
    await wants(userId, NONE);
  });

  test('who has no chat is told nothing, and the days go on', async () => {
    const userId = await stage.person({ chat: false });
    await passTo('2027-12-10T06:00');
    await wants(userId, { morningAt: '08:30' });
    await passTo('2027-12-11T09:00');
    expect(await sent(userId)).toEqual([]);
    const atMs = instantOf('2027-12-12T08:30:00', ZONE);
    expect((await stage.planned('digest', userId))?.next).toEqual({ state: 'waits', atMs });
  });
});
