import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startTelegramDc, type RunningTelegramDc } from '../../sandbox/telegram-dc/server.ts';
import { firstBatch } from '../../scripts/launcher/stargifts/batch.ts';
import { setStage } from '../../scripts/launcher/stargifts/cast.ts';
import { DemoUser } from '../../scripts/launcher/stargifts/demo-user.ts';
import { figuresOf } from '../../scripts/launcher/stargifts/figures.ts';
import { startApi, type TestApi } from '../api/support.ts';

const folder = mkdtempSync(join(tmpdir(), 'gifty-story-'));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the stage', () => {
  let dc: RunningTelegramDc;
  beforeAll(async () => {
    dc = await startTelegramDc();
  });
  afterAll(async () => {
    await dc.stop();
  });

  test('is set once, and is new until a limited gift comes out', async () => {
    const first = await setStage(dc.control);
    const [users, channels, gifts] = [
      await dc.control.users({}),
      await dc.control.channels({}),
      await dc.control.gifts({}),
    ];
    expect(first.isNew).toBe(true);
    expect(await setStage(dc.control)).toEqual(first);
    await dc.control.releaseGifts({ gifts: [{ stars: 100, total: 10 }] });
    expect(await setStage(dc.control)).toEqual({ ...first, isNew: false });
    expect(await dc.control.users({})).toEqual(users);
    expect(await dc.control.channels({})).toEqual(channels);
    expect(await dc.control.gifts({})).toHaveLength(gifts.length + 1);
  });

  test('a batch that nobody asked about yet has no times, and nothing was bought', async () => {
    const nothing = { foundMs: null, firstFormMs: null, lastPaidMs: null, bought: 0, stars: 0 };
    expect(await figuresOf(dc.control, { at: Date.now(), after: 0, listed: 1_000 })).toEqual(nothing);
  });
});

describe('the demo user', () => {
  let api: TestApi;
  const passwordFile = join(folder, 'demo-password');
  const me = z.object({ id: z.string(), name: z.string() });
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(async () => {
    await api.stop();
  });

  test('is registered once, with a password that its owner alone can read', async () => {
    const options = { apiUrl: api.url, passwordFile };
    const first = await DemoUser.signIn(options);
    const again = await DemoUser.signIn(options);
    expect(statSync(passwordFile).mode & 0o777).toBe(0o600);
    expect(first.password).toMatch(/^[\w-]{20}$/);
    expect(again.password).toBe(first.password);
    expect(await again.get(me, '/api/me')).toEqual(await first.get(me, '/api/me'));
  });

  test('is not taken over when somebody else has the name', async () => {
    const options = { apiUrl: api.url, passwordFile: join(folder, 'another-password') };
    await expect(DemoUser.signIn(options)).rejects.toThrow('There is a user «demo»');
  });
});

describe('the first batch', () => {
  const gift = (id: string, from: number, seconds: number) => ({
    ...{ id, stars: 100, limited: true, availability_total: 6_000 },
    ...{ first_sale_date: from, last_sale_date: from + seconds },
  });

  test('is the hour whose gifts were gone the soonest, sold at the pace of then', () => {
    const slow = ['1', '2', '3', '4', '5'].map((id) => gift(id, 36_000, 9_000));
    const quick = ['6', '7', '8', '9', '10'].map((id) => gift(id, 72_000, 60));
    const few = [gift('11', 108_000, 5)];
    const file = join(folder, 'captured.json');
    writeFileSync(file, JSON.stringify({ gifts: [...slow, ...quick, ...few] }));
    const { gifts, origin } = firstBatch(file);
    expect(gifts.map(({ id }) => id)).toEqual(['6', '7', '8', '9', '10']);
    expect(gifts[0]).toMatchObject({ stars: 100, total: 6_000, otherBuyersPerSecond: 100 });
    expect(origin).toContain('1970-01-01');
  });

  test('is one of our own where there is no capture', () => {
    const { gifts, origin } = firstBatch(join(folder, 'nowhere.json'));
    expect(origin).toBe('made up');
    expect(gifts.length).toBeGreaterThan(3);
  });
});
