import { expect, it, test } from 'vitest';
import { wallTimeOf } from '../zoned-time.ts';
import { nearestZones } from './nearest-zones.ts';
import { understandSnooze } from './understand-snooze.ts';
import { understandTask } from './understand-task.ts';
import { understandZone } from './understand-zone.ts';
import { isZone } from '../zoned-time.ts';
import { ZONE_PLACES } from './zone-places.ts';

/** Tuesday 10:00 in Moscow. */
const hearing = { nowMs: Date.parse('2026-11-24T07:00:00Z'), zone: 'Europe/Moscow', language: 'ru' } as const;

test.each([
  ['10 минут', '2026-11-24T10:10:00'],
  ['15', '2026-11-24T10:15:00'],
  ['на час', '2026-11-24T11:00:00'],
  ['отложи на полтора часа', '2026-11-24T11:30:00'],
  ['snooze for 3 hours', '2026-11-24T13:00:00'],
  ['half an hour', '2026-11-24T10:30:00'],
  ['через 20 минут', '2026-11-24T10:20:00'],
  ['завтра', '2026-11-25T19:30:00'],
  ['до завтра', '2026-11-25T19:30:00'],
  ['на 3 дня', '2026-11-27T19:30:00'],
  ['next week', '2026-12-01T19:30:00'],
  ['через неделю', '2026-12-01T19:30:00'],
  ['tomorrow morning', '2026-11-25T09:00:00'],
  ['в 18:00', '2026-11-24T18:00:00'],
  ['до вечера', '2026-11-24T19:00:00'],
  ['до 9', '2026-11-25T09:00:00'],
  ['завтра в 9', '2026-11-25T09:00:00'],
  ['до пятницы', '2026-11-27T19:30:00'],
])('«%s» puts off until %s', (phrase, until) => {
  const answer = understandSnooze(phrase, { ...hearing, clock: '19:30' });
  expect('atMs' in answer ? wallTimeOf(answer.atMs, hearing.zone) : answer).toBe(until);
});

test.each([
  ['вчера', 'past'],
  ['сегодня в 9', 'past'],
  ['каждый день', 'unclear'],
  ['в 25:00', 'no-such-time'],
  ['0', 'unclear'],
  ['', 'when'],
  ['позвонить завтра', 'unclear'],
])('«%s» is asked about: %s', (phrase, question) => {
  expect(understandSnooze(phrase, hearing)).toEqual({ question, example: '2 часа' });
});

test.each([
  ['Москва', 'Europe/Moscow'],
  ['у меня екатеринбург', 'Asia/Yekaterinburg'],
  ['UTC+3', 'Europe/Moscow'],
  ['+5', 'Asia/Yekaterinburg'],
  ['мск+2', 'Asia/Yekaterinburg'],
  ['МСК', 'Europe/Moscow'],
  ['+5:30', 'Asia/Kolkata'],
  ['GMT-5', 'America/New_York'],
  ['у меня 10:01', 'Europe/Moscow'],
  ['europe/berlin', 'Europe/Berlin'],
  ['utc', 'UTC'],
])('«%s» is %s', (phrase, zone) => {
  expect(understandZone(phrase, hearing).zones[0]).toBe(zone);
});

test.each(['Марс', '+25', '', 'Europe/Nowhere', 'мск+30'])('«%s» is no zone', (phrase) => {
  expect(understandZone(phrase, hearing).zones).toEqual([]);
});

it('takes the zones of the nearest cities', () => {
  expect(nearestZones(55.75, 37.6)[0]).toBe('Europe/Moscow');
  expect(nearestZones(52.5, 13.4)).toEqual(['Europe/Berlin', 'Europe/Prague', 'Europe/Copenhagen']);
  expect(nearestZones(-18, 178)[0]).toBe('Pacific/Fiji');
  expect(nearestZones(0, 179.9)).toHaveLength(3);
  expect(ZONE_PLACES.filter(({ zone }) => !isZone(zone))).toEqual([]);
});

const TASK = {
  priority: null,
  tags: [],
  dueDate: null,
  dueTime: null,
  rule: null,
  fromCompletion: false,
  question: null,
};

test.each([
  ['купить молоко', { text: 'купить молоко' }],
  ['прочитать 20 страниц', { text: 'прочитать 20 страниц' }],
  ['отчёт к пятнице #работа p1', { text: 'отчёт', tags: ['работа'], priority: 1, dueDate: '2026-11-27' }],
  [
    '!важно сдать налоги до 1 декабря #дом',
    { text: 'сдать налоги', tags: ['дом'], priority: 1, dueDate: '2026-12-01' },
  ],
  ['срочно позвонить маме завтра', { text: 'позвонить маме', priority: 1, dueDate: '2026-11-25' }],
  ['позвонить в 18:00 !!', { text: 'позвонить', priority: 2, dueDate: '2026-11-24', dueTime: '18:00' }],
  ['сегодня купить хлеб', { text: 'купить хлеб', dueDate: '2026-11-24' }],
  ['submit by 6pm today p4', { text: 'submit', priority: 4, dueDate: '2026-11-24', dueTime: '18:00' }],
  [
    'every! 3 days water the plants',
    { text: 'water the plants', dueDate: '2026-11-25', rule: 'FREQ=DAILY;INTERVAL=3', fromCompletion: true },
  ],
  [
    'поливать цветы каждые 3 дня после выполнения',
    { text: 'поливать цветы', dueDate: '2026-11-25', rule: 'FREQ=DAILY;INTERVAL=3', fromCompletion: true },
  ],
  ['сдать 30 февраля', { text: 'сдать 30 февраля', question: 'no-such-date' }],
])('«%s» as a task', (phrase, expected) => {
  expect(understandTask(phrase, hearing)).toEqual({ ...TASK, ...expected });
});
