import { describe, expect, it } from 'vitest';
import { occurrenceKey, wallOfKey } from './occurrence-key.ts';
import { checkRecurrence, checkRule } from './rule-check.ts';

const START = '2026-11-23T09:00:00';
const ZONE = 'Europe/Berlin';

const refusal = (check: () => void): string => {
  try {
    check();
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
  return 'kept';
};

describe('checkRule', () => {
  it.each([
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'kept'],
    ['FREQ=HOURLY', 'kept'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', 'kept'],
    ['FREQ=MONTHLY;BYDAY=-1FR', 'kept'],
    ['freq=daily', 'kept'],
    ['FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7;BYMINUTE=0,20,40', 'kept'],
    ['', 'rule-invalid'],
    ['FREQ=FORTNIGHTLY', 'rule-invalid'],
    ['FREQ=DAILY;BYEASTER=1', 'rule-invalid'],
    ['FREQ=DAILY;FREQ=DAILY', 'rule-invalid'],
    ['FREQ=DAILY;INTERVAL=0', 'rule-invalid'],
    ['FREQ=DAILY;COUNT=3;UNTIL=20270101T000000Z', 'rule-invalid'],
    ['FREQ=DAILY;UNTIL=20270230T000000Z', 'rule-invalid'],
    ['FREQ=DAILY;COUNT=20000', 'rule-invalid'],
    ['FREQ=WEEKLY;BYDAY=XX', 'rule-invalid'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'rule-invalid'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'time-invalid'],
    ['FREQ=YEARLY;BYWEEKNO=20', 'rule-unclear'],
    ['FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO;INTERVAL=2', 'rule-unclear'],
    ['FREQ=YEARLY;BYMONTHDAY=5', 'rule-unclear'],
    ['FREQ=WEEKLY;BYDAY=MO,FR;BYSETPOS=1', 'rule-unclear'],
    ['FREQ=WEEKLY;BYDAY=2MO', 'rule-unclear'],
    ['FREQ=DAILY;INTERVAL=7;BYDAY=TU', 'rule-empty'],
    ['FREQ=DAILY;UNTIL=20200101T000000Z', 'rule-empty'],
    ['FREQ=SECONDLY', 'rule-too-frequent'],
    ['FREQ=MINUTELY;INTERVAL=57', 'rule-too-frequent'],
    ['FREQ=MINUTELY;BYMONTH=12', 'rule-too-frequent'],
    ['FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8;BYMINUTE=0,20,40', 'rule-too-frequent'],
    [`FREQ=DAILY;BYMINUTE=${Array.from({ length: 25 }, (_, minute) => minute).join(',')}`, 'rule-too-frequent'],
    [`FREQ=DAILY;BYMONTHDAY=${'1,'.repeat(2000)}1`, 'rule-invalid'],
  ])('%s: %s', (rule, expected) => {
    expect(
      refusal(() => {
        checkRule(rule, START, ZONE);
      }),
    ).toBe(expected);
  });

  it('refuses dates and zones that are none', () => {
    expect(
      refusal(() => {
        checkRule('FREQ=DAILY', '2026-02-30T09:00:00', ZONE);
      }),
    ).toBe('time-invalid');
    expect(
      refusal(() => {
        checkRule('FREQ=DAILY', START, 'Mars/Olympus');
      }),
    ).toBe('zone-unknown');
    expect(
      refusal(() => {
        checkRecurrence({ start: '2026-04-31T09:00:00', rule: null }, ZONE);
      }),
    ).toBe('time-invalid');
    expect(
      refusal(() => {
        checkRecurrence({ start: START, rule: null, exdates: ['2026-13-01T00:00:00'] }, ZONE);
      }),
    ).toBe('time-invalid');
    expect(
      refusal(() => {
        checkRecurrence({ start: START, rule: null }, ZONE);
      }),
    ).toBe('kept');
  });

  it('says in its message what is wrong', () => {
    expect(() => {
      checkRule('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', START, ZONE);
    }).toThrow('no month 2 has a day 30');
    expect(() => {
      checkRule('FREQ=DAILY;BYHOUR=25', START, ZONE);
    }).toThrow('BYHOUR: «25» is not from 0 to 23');
  });
});

describe('occurrence keys', () => {
  it('go there and back', () => {
    expect(occurrenceKey(START)).toBe('20261123T0900');
    expect(wallOfKey('20261123T0900')).toBe(START);
    expect(wallOfKey('20261025R0230')).toBe('2026-10-25T02:30:00');
    expect(
      refusal(() => {
        wallOfKey('20260230T0900');
      }),
    ).toBe('occurrence-invalid');
    expect(
      refusal(() => {
        wallOfKey('x');
      }),
    ).toBe('occurrence-invalid');
  });
});
