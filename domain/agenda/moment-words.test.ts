import { expect, test } from 'vitest';
import { durationWords, momentWords } from './moment-words.ts';

const nowMs = Date.parse('2026-11-21T10:00Z');
const said = (at: string, language: 'ru' | 'en') =>
  momentWords(Date.parse(at), { zone: 'Europe/Moscow', nowMs, language });

test.each([
  ['2026-11-21T06:05Z', '9:05', '9:05'],
  ['2026-11-22T06:00Z', 'завтра в 9:00', 'tomorrow at 9:00'],
  ['2026-11-25T15:30Z', 'ср, 25 ноября в 18:30', 'Wed 25 November at 18:30'],
  ['2027-01-02T21:30Z', 'вс, 3 января 2027 г. в 0:30', 'Sun 3 January 2027 at 0:30'],
])('%s is said as people say it', (at, ru, en) => {
  expect([said(at, 'ru'), said(at, 'en').replace(',', '')]).toEqual([ru, en]);
});

test.each([
  [0.2, '1 мин', '1 min'],
  [59, '59 мин', '59 min'],
  [60, '1 ч', '1 h'],
  [135, '2 ч 15 мин', '2 h 15 min'],
  [1440, '1 день', '1 day'],
  [2 * 1440 + 61, '2 дня 1 ч', '2 days 1 h'],
  [5 * 1440, '5 дней', '5 days'],
])('%d minutes in words', (minutes, ru, en) => {
  expect([durationWords(minutes, 'ru'), durationWords(minutes, 'en')]).toEqual([ru, en]);
});
