import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAnsweredByWords, isNearInMeaning } from './nearness.ts';
import { rankTexts, type QueryTerm, type TextMatch } from './text-score.ts';

const catalogue = { documents: 1_000, fieldLengths: { A: 6, B: 3, C: 10, D: 40 } };
const match = (id: string, hits: Record<string, string>, lengths = catalogue.fieldLengths): TextMatch => ({
  id,
  hits,
  lengths,
});
const term = (lexeme: string, products: number): QueryTerm => ({ lexemes: [lexeme], products });
const order = (matches: readonly TextMatch[], ...terms: readonly QueryTerm[]) =>
  rankTexts(matches, terms, catalogue).map(({ id }) => id);

test('a word in the title counts more than in the description, and that more than in an attribute', () => {
  const matches = [match('attribute', { чай: 'C' }), match('description', { чай: 'D' }), match('title', { чай: 'A' })];
  expect(order(matches, term('чай', 9))).toEqual(['title', 'description', 'attribute']);
});

test('all words come before the rarest word alone', () => {
  const matches = [match('rare', { самовар: 'AAA' }), match('both', { чай: 'D', самовар: 'D' })];
  expect(order(matches, term('чай', 300), term('самовар', 1))).toEqual(['both', 'rare']);
});

test('of two words the rarer decides', () => {
  const matches = [match('common', { подарок: 'A' }), match('rare', { самовар: 'A' })];
  expect(order(matches, term('подарок', 400), term('самовар', 2))).toEqual(['rare', 'common']);
});

test('a short title is more about a word than a long one', () => {
  const lengths = catalogue.fieldLengths;
  const matches = [
    match('long', { чай: 'A' }, { ...lengths, A: 20 }),
    match('short', { чай: 'A' }, { ...lengths, A: 2 }),
  ];
  expect(order(matches, term('чай', 9))).toEqual(['short', 'long']);
});

test('scores are finite and coverage stays within 0..1, whatever the counts', () => {
  const fields = fc.string({ unit: fc.constantFrom('A', 'B', 'C', 'D'), maxLength: 50 });
  fc.assert(
    fc.property(fields, fc.nat(2_000), fc.nat(2_000), (hits, products, documents) => {
      const [found] = rankTexts([match('x', { чай: hits })], [term('чай', products)], { ...catalogue, documents });
      expect(Number.isFinite(found?.score)).toBe(true);
      expect(found?.coverage).toBeGreaterThanOrEqual(0);
      expect(found?.coverage).toBeLessThanOrEqual(1);
    }),
  );
});

const answered = (matches: readonly TextMatch[], known: number, ...terms: readonly QueryTerm[]) =>
  isAnsweredByWords(rankTexts(matches, terms, catalogue), { terms, known });

test('a title answers; a single mention in passing does not; a feature of several products does', () => {
  expect(answered([match('a', { чай: 'A' })], 1, term('чай', 1))).toBe(true);
  expect(answered([match('a', { чай: 'C' })], 1, term('чай', 1))).toBe(false);
  expect(
    answered(
      ['a', 'b', 'c'].map((id) => match(id, { чай: 'C' })),
      1,
      term('чай', 3),
    ),
  ).toBe(true);
});

test('a narrower query is answered where one of its words alone would be', () => {
  const puzzles = ['a', 'b', 'c'].map((id) => match(id, { puzzl: 'C' }));
  expect(answered(puzzles, 2, term('puzzl', 3), term('wood', 3))).toBe(true);
  expect(answered(puzzles.slice(1), 2, term('puzzl', 2), term('wood', 3))).toBe(false);
});

test('words that every product has still name them', () => {
  const mugs = ['a', 'b', 'c'].map((id) => match(id, { mug: 'A' }));
  const ranked = rankTexts(mugs, [term('mug', 3)], { ...catalogue, documents: 2 });
  expect(isAnsweredByWords(ranked, { terms: [term('mug', 3)], known: 1 })).toBe(true);
});

test('words that nobody knows are left out, but a guess beside them is no answer, nor is a bare number', () => {
  const matches = [match('a', { колонк: 'A', 15: 'A' })];
  expect(answered(matches, 1, term('колонк', 5), term('xyz', 0))).toBe(true);
  expect(answered(matches, 0, term('колонк', 5), term('xyz', 0))).toBe(false);
  expect(answered(matches, 0, term('колонк', 5))).toBe(true);
  expect(answered(matches, 1, term('15', 5), term('iphon', 0))).toBe(false);
});

test('nearness in meaning is measured from how near everything is', () => {
  expect(isNearInMeaning(0.55, 0.1)).toBe(true);
  expect(isNearInMeaning(0.4, 0.1)).toBe(false);
  expect(isNearInMeaning(0.8, 0.75)).toBe(false);
});
