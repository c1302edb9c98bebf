import { expect, test } from 'vitest';
import { coalesced } from './coalesced.ts';

test('ten thousand calls make few; each is followed by one that began after it', async () => {
  const begun: number[] = [];
  let calls = 0;
  const wake = coalesced(async () => {
    begun.push(calls);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }, 5);
  const served = await Promise.all(
    Array.from({ length: 10_000 }, async () => {
      if (calls % 1_000 === 0) await new Promise((resolve) => setTimeout(resolve, 3));
      calls += 1;
      const mine = calls;
      await wake();
      return begun.some((known) => known >= mine);
    }),
  );
  expect(served.every(Boolean)).toBe(true);
  expect(begun.length).toBeLessThan(50);
});

test('calls are apart, and what fails is told to those who share it alone', async () => {
  const at: number[] = [];
  const wake = coalesced(async () => {
    at.push(performance.now());
    await Promise.resolve();
    if (at.length === 1) throw new Error('down');
  }, 20);
  const first = [wake(), wake()];
  expect((await Promise.allSettled(first)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await wake();
  await wake();
  expect(at).toHaveLength(3);
  for (const [place, time] of at.slice(1).entries()) expect(time - (at[place] ?? 0)).toBeGreaterThan(18);
});
