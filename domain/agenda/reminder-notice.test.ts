import { expect, test } from 'vitest';
import { doneNotice, missedNotice, reminderNotice, skippedNotice, snoozedNotice } from './reminder-notice.ts';
import type { DueTelling } from './reminder-rules.ts';

const nowMs = Date.parse('2026-11-21T05:41:00Z');
const ru = { zone: 'Europe/Moscow', nowMs, language: 'ru' } as const;
const en = { ...ru, language: 'en' } as const;
const telling: DueTelling = {
  ...{ key: '20261121T0830', wall: '2026-11-21T08:30:00', atMs: nowMs, momentMs: nowMs },
  ...{ kind: 'due', leadMinutes: 0, nagNumber: 0, late: false, silent: false },
};

test.each([
  [{}, '🔔 <b>a &lt; b</b>', '🔔 <b>a &lt; b</b>'],
  [{ kind: 'nag', nagNumber: 2 }, '🔔 <b>a &lt; b</b>\nещё раз', '🔔 <b>a &lt; b</b>\nonce more'],
  [
    { kind: 'lead', leadMinutes: 19, atMs: nowMs + 19 * 60_000 },
    '🔔 <b>a &lt; b</b>\nчерез 19 мин, в 9:00',
    '🔔 <b>a &lt; b</b>\nin 19 min, at 9:00',
  ],
  [
    { late: true, momentMs: nowMs - 3_600_000 },
    '🔔 <b>a &lt; b</b>\n(с опозданием на 1 ч)',
    '🔔 <b>a &lt; b</b>\n(1 h late)',
  ],
] as const)('a message %o in both languages', (change, russian, english) => {
  const told = { ...telling, ...change };
  expect([reminderNotice('a < b', told, ru), reminderNotice('a < b', told, en)]).toEqual([russian, english]);
});

test('what became of it stands in its message', () => {
  expect(doneNotice('x', nowMs, ru)).toBe('<b>x</b>\n✓ сделано 8:41');
  expect(snoozedNotice('x', nowMs + 86_400_000, ru)).toBe('💤 <b>x</b>\nотложено: завтра в 8:41');
  expect(skippedNotice('x', en)).toBe('<b>x</b>\nskipped');
});

test('a digest names what was missed, and nothing when nothing was', () => {
  expect(missedNotice([], ru)).toBe('');
  expect(missedNotice([{ text: '<pill>', dueMs: nowMs - 3_600_000 }], ru)).toBe(
    'Не удалось напомнить вовремя:\n• &lt;pill&gt; — 7:41',
  );
});
