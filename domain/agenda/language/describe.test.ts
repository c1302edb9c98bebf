import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { describe as inWords } from './describe.ts';
import { describeDuration, describeMoment, relative } from './describe-moment.ts';
import { understand } from './understand.ts';

const START = '2026-11-26T08:30:00';

test.each([
  ['FREQ=DAILY', 'каждый день в 8:30', 'every day at 08:30'],
  ['FREQ=DAILY;INTERVAL=5;COUNT=3', 'каждые 5 дней в 8:30, всего 3 раза', 'every 5 days at 08:30, 3 times'],
  ['FREQ=DAILY;INTERVAL=21', 'каждый 21 день в 8:30', 'every 21 days at 08:30'],
  ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'по будням в 8:30', 'every weekday at 08:30'],
  ['FREQ=WEEKLY', 'по четвергам в 8:30', 'every Thursday at 08:30'],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=WE', 'раз в 2 недели по средам в 8:30', 'every 2 weeks on Wednesday at 08:30'],
  ['FREQ=MONTHLY;BYDAY=2TH', 'каждый второй четверг месяца в 8:30', 'every second Thursday of the month at 08:30'],
  [
    'FREQ=MONTHLY;BYDAY=TH;BYSETPOS=2',
    'каждый второй четверг месяца в 8:30',
    'every second Thursday of the month at 08:30',
  ],
  ['FREQ=MONTHLY;BYMONTHDAY=1,15', '1 и 15 числа в 8:30', 'on the 1st and 15th of every month at 08:30'],
  [
    'FREQ=MONTHLY;BYMONTHDAY=15,-1',
    '15 числа и в последний день каждого месяца в 8:30',
    'on the 15th and the last day of every month at 08:30',
  ],
  [
    'FREQ=MONTHLY;BYDAY=-2FR',
    'каждую вторую с конца пятницу месяца в 8:30',
    'every second to last Friday of the month at 08:30',
  ],
  ['FREQ=YEARLY', 'каждый год 26 ноября в 8:30', 'every year on 26 November at 08:30'],
  [
    'FREQ=YEARLY;BYMONTH=9;BYDAY=1MO',
    'каждый год в первый понедельник сентября в 8:30',
    'every year on the first Monday of September at 08:30',
  ],
  ['FREQ=DAILY;BYHOUR=9,11,13,15,17;BYMINUTE=0', 'каждые 2 часа с 9:00 до 17:00', 'every 2 hours from 09:00 to 17:00'],
  ['FREQ=DAILY;BYHOUR=8,21;BYMINUTE=0,30;BYSETPOS=2,3', 'каждый день в 8:30 и 21:00', 'every day at 08:30 and 21:00'],
  ['FREQ=HOURLY;INTERVAL=2', 'каждые 2 часа, начиная с 8:30', 'every 2 hours, starting at 08:30'],
  [
    'FREQ=DAILY;UNTIL=20270601T235959',
    'каждый день в 8:30, до 1 июня 2027 года',
    'every day at 08:30, until 1 June 2027',
  ],
  [
    'FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=15',
    'каждый год, месяцы: январь и июль, 15 числа, в 8:30',
    'every year, in January and July, on the 15th, at 08:30',
  ],
  [
    'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO',
    'каждый год, недели года: 20, по понедельникам, в 8:30',
    'every year, in weeks 20, on Monday, at 08:30',
  ],
])('%s in words', (rule, russian, english) => {
  expect(inWords({ start: START, rule }, 'ru')).toBe(russian);
  expect(inWords({ start: START, rule }, 'en')).toBe(english);
});

test.each([
  ['2026-11-26T08:30:00', 'сегодня в 8:30', 'today at 08:30'],
  ['2026-11-27T08:30:00', 'завтра, в пт 27 ноября, в 8:30', 'tomorrow, Fri 27 November, at 08:30'],
  ['2026-12-01T19:05:00', 'во вт 1 декабря в 19:05', 'Tue 1 December at 19:05'],
  ['2027-01-08T09:00:00', 'в пт 8 января 2027 года в 9:00', 'Fri 8 January 2027 at 09:00'],
])('%s as a moment', (wall, russian, english) => {
  expect(describeMoment(wall, '2026-11-26T07:00:00', 'ru')).toBe(russian);
  expect(describeMoment(wall, '2026-11-26T07:00:00', 'en')).toBe(english);
});

test.each([
  [7_500_000, '2 часа 5 минут', '2 hours 5 minutes'],
  [60_000, '1 минуту', '1 minute'],
  [21 * 60_000, '21 минуту', '21 minutes'],
  [11 * 86_400_000, '11 дней', '11 days'],
  [2 * 86_400_000 + 3_600_000 + 60_000, '2 дня 1 час', '2 days 1 hour'],
  [5_000, '5 секунд', '5 seconds'],
  [3_599_900, '1 час', '1 hour'],
  [0, '0 секунд', '0 seconds'],
])('%d ms as a length', (lengthMs, russian, english) => {
  expect(describeDuration(lengthMs, 'ru')).toBe(russian);
  expect(describeDuration(lengthMs, 'en')).toBe(english);
});

it('says how far a moment is', () => {
  expect(relative(7_500_000, 0, 'ru')).toBe('через 2 часа 5 минут');
  expect(relative(0, 86_400_000, 'en')).toBe('1 day ago');
  expect([relative(10_000, 0, 'ru'), relative(0, 10_000, 'en')]).toEqual(['сейчас', 'now']);
});

const numbers = (most: number) =>
  fc
    .uniqueArray(fc.integer({ min: 1, max: most }), { minLength: 1, maxLength: 5 })
    .map((list) => list.sort((a, b) => a - b).join(','));
const weekdays = fc.subarray(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'], { minLength: 1 });
const every = fc.constantFrom('', ';INTERVAL=2', ';INTERVAL=3', ';INTERVAL=21');
const ends = fc.constantFrom('', ';COUNT=2', ';COUNT=21', ';UNTIL=20281231T235959');
const once = fc.oneof(
  every.map((interval) => `FREQ=DAILY${interval}`),
  fc.tuple(every, weekdays).map(([interval, days]) => `FREQ=WEEKLY${interval};BYDAY=${days.join(',')}`),
  fc.tuple(every, numbers(31)).map(([interval, days]) => `FREQ=MONTHLY${interval};BYMONTHDAY=${days}`),
  fc
    .tuple(every, fc.constantFrom(1, 2, 3, 4, 5, -1), weekdays)
    .map(([interval, nth, [day = 'MO']]) => `FREQ=MONTHLY${interval};BYDAY=${nth}${day}`),
  every.map((interval) => `FREQ=MONTHLY${interval};BYMONTHDAY=-1`),
  fc.constantFrom('FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1'),
  fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
    .map(([month, day]) => `FREQ=YEARLY;BYMONTH=${month};BYMONTHDAY=${day}`),
  fc
    .tuple(fc.integer({ min: 1, max: 12 }), weekdays)
    .map(([month, [day = 'MO']]) => `FREQ=YEARLY;BYMONTH=${month};BYDAY=2${day}`),
  fc.constantFrom(
    'FREQ=DAILY;BYHOUR=9,21;BYMINUTE=0',
    'FREQ=DAILY;BYHOUR=8,21;BYMINUTE=0,30;BYSETPOS=2,3',
    'FREQ=DAILY;BYHOUR=9,12,15,18;BYMINUTE=0',
  ),
  fc.constantFrom(
    'FREQ=WEEKLY;BYDAY=MO,WE;BYHOUR=9,10,11,12;BYMINUTE=0',
    'FREQ=HOURLY',
    'FREQ=HOURLY;INTERVAL=3',
    'FREQ=MINUTELY;INTERVAL=90',
  ),
);

it('says a rule so that the same is understood from it', () => {
  fc.assert(
    fc.property(once, ends, fc.constantFrom('ru', 'en'), (body, end, language) => {
      const rule = body + end;
      const words = inWords({ start: '2026-12-01T09:00:00', rule }, language);
      const hearing = { nowMs: Date.parse('2026-11-24T07:00:00Z'), zone: 'Europe/Moscow', language };
      const answer = understand(`${words}: x`, hearing);
      expect({ words, answer }).toMatchObject({ words, answer: { rule, text: 'x' } });
    }),
    { numRuns: 600 },
  );
});
