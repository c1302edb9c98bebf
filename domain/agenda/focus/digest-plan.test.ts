import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digestMoments, digestsFrom, type DigestsSent, type DigestTimes } from './digest-plan.ts';

const times = (more: Partial<DigestTimes> = {}): DigestTimes => ({
  ...{ zone: 'Europe/Berlin', morningAt: '08:30', eveningAt: '21:00', weeklyOn: 7 },
  ...more,
});
const NONE: DigestsSent = { morning: null, evening: null, weekly: null };
const at = (iso: string): number => Date.parse(iso);
const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

test('the morning comes at its time, once, and then the evening', () => {
  const first = digestMoments(times(), NONE, at('2027-03-10T07:30:00Z'));
  expect(first.due).toEqual(['morning']);
  expect(iso(first.nextMs)).toBe('2027-03-10T20:00:00.000Z');
  expect(digestMoments(times(), first.sent, at('2027-03-10T07:31:00Z')).due).toEqual([]);
});

test('on Sunday the week comes with the evening', () => {
  const { due } = digestMoments(times(), { ...NONE, morning: '2027-03-14' }, at('2027-03-14T20:00:00Z'));
  expect(due).toEqual(['evening', 'weekly']);
});

test('who begins at noon gets no morning of today', () => {
  const sent = digestsFrom(times(), at('2027-03-10T12:00:00Z'));
  expect(digestMoments(times(), sent, at('2027-03-10T12:00:01Z'))).toMatchObject({ due: [] });
});

test('what is hours late is let be, and does not come the day after either', () => {
  const late = digestMoments(times(), NONE, at('2027-03-10T13:00:00Z'));
  expect(late.due).toEqual([]);
  expect(late.sent.morning).toBe('2027-03-10');
});

test('wall time is kept over the night on which the clock changes', () => {
  const saturday = digestMoments(times({ eveningAt: null, weeklyOn: null }), NONE, at('2027-03-27T07:30:00Z'));
  expect(iso(saturday.nextMs)).toBe('2027-03-28T06:30:00.000Z');
});

test('who moves west does not get the same morning twice', () => {
  const berlin = digestMoments(times(), NONE, at('2027-03-10T07:30:00Z'));
  const newYork = digestMoments(times({ zone: 'America/New_York' }), berlin.sent, at('2027-03-10T13:30:00Z'));
  expect(newYork.due).toEqual([]);
  expect(iso(newYork.nextMs)).toBe('2027-03-11T02:00:00.000Z');
});

test('who wants none waits for nothing', () => {
  const nothing = times({ morningAt: null, eveningAt: null, weeklyOn: null });
  expect(digestMoments(nothing, NONE, 0)).toEqual({ due: [], sent: NONE, nextMs: null });
});

test('walking from moment to moment, each date has each digest once', () => {
  const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu');
  const start = fc.integer({ min: at('2027-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z') });
  fc.assert(
    fc.property(zone, start, (where, from) => {
      const wanted = times({ zone: where });
      let [sent, now] = [digestsFrom(wanted, from), from];
      const told: string[] = [];
      for (let step = 0; step < 40; step += 1) {
        const moments = digestMoments(wanted, sent, now);
        for (const kind of moments.due) told.push(`${kind} ${moments.sent[kind] ?? ''}`);
        expect(moments.nextMs).toBeGreaterThan(now);
        [sent, now] = [moments.sent, moments.nextMs ?? Infinity];
      }
      expect(new Set(told).size).toBe(told.length);
      expect(told.length).toBeGreaterThan(30);
    }),
    { numRuns: 30 },
  );
});
