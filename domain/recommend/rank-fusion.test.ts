import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuseRanks } from './rank-fusion.ts';

const order = (lists: Parameters<typeof fuseRanks>[0]): string[] => fuseRanks(lists).map(({ id }) => id);

describe('fuseRanks', () => {
  it('adds weight / (60 + rank) over the lists', () => {
    const [first, second] = fuseRanks([
      { ids: ['a', 'b'], weight: 1 },
      { ids: ['a'], weight: 2 },
    ]);
    expect(first).toEqual({ id: 'a', score: 1 / 61 + 2 / 61 });
    expect(second).toEqual({ id: 'b', score: 1 / 62 });
  });

  it('puts what two systems find above what one finds first', () => {
    const fused = order([
      { ids: ['x', 'both'], weight: 1 },
      { ids: ['y', 'both'], weight: 1 },
    ]);
    expect(fused).toEqual(['both', 'x', 'y']);
  });

  it('lets a light list fill behind a heavy one', () => {
    const fused = order([
      { ids: ['a', 'b', 'c'], weight: 1 },
      { ids: ['z', 'y'], weight: 0.5 },
    ]);
    expect(fused).toEqual(['a', 'b', 'c', 'z', 'y']);
  });

  it('counts a repeated id once, where it stands first', () => {
    expect(order([{ ids: ['a', 'b', 'a'], weight: 1 }])).toEqual(['a', 'b']);
    expect(fuseRanks([{ ids: ['a', 'a'], weight: 1 }])).toEqual([{ id: 'a', score: 1 / 61 }]);
  });

  it('does not depend on the order of the lists, and keeps each id once', () => {
    const list = fc.record({
      ids: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e')),
      weight: fc.constantFrom(0.5, 1, 2),
    });
    fc.assert(
      fc.property(list, list, (left, right) => {
        const fused = order([left, right]);
        expect(order([right, left])).toEqual(fused);
        expect(new Set(fused)).toEqual(new Set([...left.ids, ...right.ids]));
        expect(fused.length).toBe(new Set(fused).size);
      }),
    );
  });

  it('refuses what is no weight or constant', () => {
    expect(() => fuseRanks([{ ids: [], weight: -1 }])).toThrow(RangeError);
    expect(() => fuseRanks([{ ids: [], weight: Number.NaN }])).toThrow(RangeError);
    expect(() => fuseRanks([], 0)).toThrow(RangeError);
  });
});
