import { expect, test } from 'vitest';
import { readClock, readSpan } from './clock-text.ts';

test.each([
  ['8:30', '08:30'],
  ['08.30', '08:30'],
  ['8-30', '08:30'],
  ['в 8', '08:00'],
  ['21', '21:00'],
  ['7 pm', '19:00'],
  ['12 am', '00:00'],
  ['12 дня', '12:00'],
  ['9 вечера', '21:00'],
  ['9 часов', '09:00'],
  ['0:00', '00:00'],
  ['24:00', null],
  ['8:60', null],
  ['13 pm', null],
  ['утром', null],
  ['', null],
  ['830', null],
])('%j is the time %j', (typed, clock) => {
  expect(readClock(typed)).toBe(clock);
});

test.each([
  ['23:00–8:00', '23:00', '08:00'],
  ['9-18', '09:00', '18:00'],
  ['9:00 - 18:30', '09:00', '18:30'],
  ['с 9 до 18', '09:00', '18:00'],
  ['from 9am to 6pm', '09:00', '18:00'],
])('%j is a span', (typed, from, to) => {
  expect(readSpan(typed)).toEqual({ from, to });
});

test.each(['9', '9–9', 'ночью', '25–8', ''])('%j is no span', (typed) => {
  expect(readSpan(typed)).toBeNull();
});
