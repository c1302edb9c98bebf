import { expect, test } from 'vitest';
import { soak } from './soak.ts';

test('random schedules of faults: both ledgers agree to the star after each', async () => {
  const lines: string[] = [];
  const result = await soak({ rounds: 15, minutes: 0.3, seed: 5, say: (line) => lines.push(line) });
  expect(result.problems, lines.join('\n')).toEqual([]);
  expect(result.rounds).toBeGreaterThan(0);
}, 180_000);
