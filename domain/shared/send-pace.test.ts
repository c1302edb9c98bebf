import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSendPace, TELEGRAM_LIMITS, type RateWindow } from './send-pace.ts';

const limits = {
  bot: { count: 3, windowMs: 100 },
  chat: { count: 1, windowMs: 100 },
  group: { count: 2, windowMs: 1_000 },
};

/** Most arrivals that any window of this length holds. */
function fullest(times: readonly number[], { windowMs }: RateWindow): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length));
}

test('no window of the other side ever holds too many, however long answers take', () => {
  const delays = fc.record({ chat: fc.constantFrom('1', '2', '-3'), there: fc.nat(80), back: fc.nat(80) });
  fc.assert(
    fc.property(fc.array(delays, { maxLength: 60 }), (messages) => {
      const pace = createSendPace(limits);
      const flying: { chat: string; at: number }[] = [];
      const arrived: { chat: string; at: number }[] = [];
      let now = 0;
      for (const { chat, there, back } of messages) {
        for (;;) {
          for (const due of flying.filter(({ at }) => at <= now)) {
            flying.splice(flying.indexOf(due), 1);
            pace.answered(due.chat, due.at);
          }
          const waits = [pace.botReadyIn(now), pace.chatReadyIn(chat, now)];
          if (waits.every((wait) => wait === 0)) break;
          const next = Math.min(...flying.map(({ at }) => at));
          now = Math.min(next, now + Math.max(1, ...waits.map((wait) => wait ?? Infinity)));
        }
        pace.started(chat);
        arrived.push({ chat, at: now + there });
        flying.push({ chat, at: now + there + back });
        flying.sort((a, b) => a.at - b.at);
      }
      const of = (chat: string) => arrived.filter((message) => message.chat === chat).map(({ at }) => at);
      expect(
        fullest(
          arrived.map(({ at }) => at),
          limits.bot,
        ),
      ).toBeLessThanOrEqual(3);
      for (const chat of ['1', '2', '-3']) expect(fullest(of(chat), limits.chat)).toBeLessThanOrEqual(1);
      expect(fullest(of('-3'), limits.group)).toBeLessThanOrEqual(2);
    }),
    { numRuns: 200 },
  );
});

test('a chat waits for its answer and then for its second; other chats do not', () => {
  const pace = createSendPace(TELEGRAM_LIMITS);
  pace.started('5');
  expect(pace.chatReadyIn('5', 0)).toBeNull();
  expect(pace.chatReadyIn('6', 0)).toBe(0);
  pace.answered('5', 40);
  expect(pace.chatReadyIn('5', 50)).toBeCloseTo(993, 0);
  expect(pace.chatReadyIn('5', 1_044)).toBe(0);
});

test('what an earlier process sent counts', () => {
  const past = Array.from({ length: 20 }, (_, second) => ({ chatId: '-100', at: second * 1_000 }));
  const pace = createSendPace(TELEGRAM_LIMITS, past);
  expect(pace.chatReadyIn('-100', 30_000)).toBeCloseTo(30_180, 0);
  expect(pace.chatReadyIn('7', 30_000)).toBe(0);
});
