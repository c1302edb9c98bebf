import { expect, test } from 'vitest';
import { soak } from './soak.ts';

test('random schedules of faults: both ledgers agree to the star after each', async () => {
  const lines: string[] = [];
  const result = await soak({ rounds: 15, minutes: 1.5, seed: 5, say: (line) => lines.push(line) });
  expect(result.problems, lines.join('\n')).toEqual([]);
  expect(result.bought).toBeGreaterThan(result.rounds);
}, 180_000);
