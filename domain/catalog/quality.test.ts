import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MIN_PAGES, qualityDrops, type QualitySample } from './quality.ts';

const sample = (pages: number, counts: Partial<QualitySample['counts']> = {}): QualitySample => ({
  pages,
  counts: { title: pages, price: pages, image: pages, availability: pages, plausible: pages, ...counts },
});

test('a share far below the median of the good crawls is a drop, with both figures', () => {
  const good = [sample(100), sample(100, { price: 98 }), sample(100, { price: 20 })];
  expect(qualityDrops(sample(100, { price: 30 }), good)).toEqual([{ field: 'price', share: 0.3, norm: 0.98 }]);
});

test('a share that was always low is no drop', () => {
  expect(qualityDrops(sample(100, { image: 5 }), [sample(100, { image: 6 })])).toEqual([]);
});

test('only the last seven crawls of enough pages make the norm', () => {
  const old = Array.from({ length: 9 }, () => sample(100));
  const now = Array.from({ length: 7 }, () => sample(100, { price: 10 }));
  expect(qualityDrops(sample(100, { price: 10 }), [sample(MIN_PAGES - 1), ...now, ...old])).toEqual([]);
});

test('a small crawl, or a first one, says nothing', () => {
  expect(qualityDrops(sample(MIN_PAGES - 1, { price: 0 }), [sample(100)])).toEqual([]);
  expect(qualityDrops(sample(100, { price: 0 }), [])).toEqual([]);
});

test('no crawl as good as the norm is ever a drop, of whatever size', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 0, max: 10 }), (pages, tenths) => {
      const crawl = sample(pages * 10, { price: pages * tenths });
      expect(qualityDrops(crawl, [crawl, crawl])).toEqual([]);
    }),
  );
});
