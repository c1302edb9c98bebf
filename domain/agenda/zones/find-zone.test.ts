import { describe, expect, it, test } from 'vitest';
import { isZone } from '../zoned-time.ts';
import { CITIES } from './cities.ts';
import { zoneName, zoneOfPhrase, zonesOfClock } from './find-zone.ts';

test('every city has a zone of the IANA database and a place on Earth', () => {
  for (const { zone, latitude, longitude, ru, en } of CITIES) {
    expect([zone, isZone(zone)]).toEqual([zone, true]);
    expect(Math.abs(latitude)).toBeLessThanOrEqual(90);
    expect(Math.abs(longitude)).toBeLessThanOrEqual(180);
    expect([/[а-яё]/i.test(ru), /[a-z]/i.test(en)]).toEqual([true, true]);
  }
});

describe('zoneOfPhrase', () => {
  test.each([
    ['Казань', 'Europe/Moscow'],
    ['я живу в Казани', 'Europe/Moscow'],
    ['из Москвы', 'Europe/Moscow'],
    ['Питер', 'Europe/Moscow'],
    ['в Нью-Йорке', 'America/New_York'],
    ['екб', 'Asia/Yekaterinburg'],
    ['Новосибирск!', 'Asia/Novosibirsk'],
    ['в Уфе', 'Asia/Yekaterinburg'],
    ['Кишинев', 'Europe/Chisinau'],
    ['london', 'Europe/London'],
    ['I live in New York now', 'America/New_York'],
    ['Europe/Berlin', 'Europe/Berlin'],
    ['Lord Howe', 'Australia/Lord_Howe'],
  ])('%s is %s', (phrase, zone) => {
    expect(zoneOfPhrase(phrase, 'ru')?.zone).toBe(zone);
  });

  test.each(['', '???', 'Марс', 'дом', 'не знаю', '+03:00', 'Europe/Nowhere'])('%j is no place', (phrase) => {
    expect(zoneOfPhrase(phrase, 'ru')).toBeNull();
  });
});

it('takes a clock for the zones that show this time', () => {
  const nowMs = Date.parse('2026-11-23T09:58:00Z');
  const zones = zonesOfClock('13:00', nowMs, { language: 'ru', limit: 4 });
  expect(zones).toHaveLength(4);
  expect(zones[0]).toEqual({ zone: 'Europe/Moscow', name: 'Москва' });
  expect(zonesOfClock('15:28', nowMs, { language: 'en', limit: 4 }).map(({ zone }) => zone)).toEqual(['Asia/Kolkata']);
  expect(zonesOfClock('12:11', nowMs, { language: 'en', limit: 4 })).toEqual([]);
});

it('names a zone by its city', () => {
  // Ufa stands before it in the table.
  expect(zoneName('Asia/Yekaterinburg', 'ru')).toBe('Екатеринбург');
  expect([zoneName('Europe/Berlin', 'ru'), zoneName('Antarctica/Troll', 'ru')]).toEqual(['Берлин', 'Antarctica/Troll']);
});
