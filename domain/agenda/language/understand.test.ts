import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { nextOccurrences } from '../recurrence.ts';
import { checkRule } from '../rule-check.ts';
import { instantOf } from '../zoned-time.ts';
import { isAsked, understand } from './understand.ts';

const NOW_MS = Date.parse('2026-11-24T07:00:00Z');
const hearing = { nowMs: NOW_MS, zone: 'Europe/Moscow', language: 'ru' } as const;

const WORDS =
  'завтра сегодня в на по до с через и каждый каждые день дня часа неделю месяца понедельник средам пт числа 15 9 21:30 30 раз вечером ' +
  'утра последний первый январь мая tomorrow at every other day week on Friday Mondays the 15th month 3 pm noon half past until 5 ' +
  'next last June call позвонить хлеб , - . 25:00 31 февраля 30.02 9.30 раз while';
const phrases = fc.array(fc.constantFrom(...WORDS.split(' ')), { maxLength: 9 }).map((words) => words.join(' '));

it('answers any phrase with a moment to come that the rule matches, or with a question', () => {
  fc.assert(
    fc.property(
      phrases,
      fc.constantFrom('Europe/Moscow', 'America/New_York', 'Australia/Lord_Howe'),
      (phrase, zone) => {
        const answer = understand(phrase, { ...hearing, zone });
        if (isAsked(answer)) {
          expect(answer.example).not.toBe('');
          return;
        }
        const atMs = instantOf(answer.start, zone);
        expect(atMs).toBeGreaterThan(NOW_MS);
        if (answer.rule === null) return;
        checkRule(answer.rule, answer.start, zone);
        const [first] = nextOccurrences({ start: answer.start, rule: answer.rule }, zone, {
          afterMs: NOW_MS,
          count: 1,
        });
        expect(first?.atMs).toBe(atMs);
      },
    ),
    { numRuns: 600 },
  );
});

it('answers anything at all', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (phrase) => {
      expect(understand(phrase, hearing)).toBeDefined();
    }),
  );
  expect(understand('завтра '.repeat(2_000), hearing)).toMatchObject({ question: 'unclear' });
});

test.each([
  ['завтра в 9', { question: 'what', understood: { text: null, start: '2026-11-25T09:00:00', rule: null } }],
  ['купить хлеб', { question: 'when', understood: { text: 'купить хлеб' }, example: 'завтра в 18:00 купить хлеб' }],
  ['30 февраля чудо', { question: 'no-such-date', understood: { text: 'чудо' } }],
  ['завтра купить хлеб', { start: '2026-11-25T09:00:00', timeIsGuessed: true }],
  ['завтра в 9 купить хлеб', { start: '2026-11-25T09:00:00', timeIsGuessed: false }],
])('%s: what is known is told', (phrase, expected) => {
  expect(understand(phrase, hearing)).toMatchObject(expected);
});

it('gives examples that are understood', () => {
  for (const language of ['ru', 'en'] as const) {
    for (const phrase of [
      'хлеб',
      'завтра в 9',
      'вчера x',
      '30 февраля x',
      'в 25:00 x',
      'каждую секунду x',
      'через день x',
    ]) {
      const answer = understand(phrase, { ...hearing, language });
      if (!isAsked(answer)) throw new Error(`${phrase} was to be asked about`);
      expect(understand(answer.example, hearing)).toHaveProperty('start');
    }
  }
});
