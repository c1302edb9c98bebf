import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextRefreshHours, REFRESH } from './refresh.ts';

test('what changes is looked at twice as often, what does not half as often again', () => {
  expect(nextRefreshHours(null, true)).toBe(REFRESH.startHours);
  expect(nextRefreshHours(24, true)).toBe(12);
  expect(nextRefreshHours(24, false)).toBe(36);
});

test('the time between two looks stays within its bounds, whatever happens', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 50 }), (changes) => {
      let hours: number | null = null;
      for (const changed of changes) {
        const next: number = nextRefreshHours(hours, changed);
        expect(next).toBeGreaterThanOrEqual(REFRESH.leastHours);
        expect(next).toBeLessThanOrEqual(REFRESH.mostHours);
        if (hours !== null) expect(changed ? next <= hours : next >= hours).toBe(true);
        hours = next;
      }
    }),
  );
});
