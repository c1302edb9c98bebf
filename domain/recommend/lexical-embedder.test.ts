import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countFrequencies, embedLexically, LEXICAL_DIMENSIONS, lexicalModelName } from './lexical-embedder.ts';

const CATALOGUE = [
  'Кружка керамическая с котом, подарочная',
  'Набор кофе в зёрнах, подарочный',
  'Ежедневник в кожаной обложке, подарочный',
  'Ceramic coffee mug, gift box',
  'Leather notebook cover, gift box',
  'Wireless headphones with noise cancelling, gift box',
];
const table = countFrequencies(CATALOGUE);

function vector(text: string): Float32Array {
  return embedLexically(text, table) ?? new Float32Array(LEXICAL_DIMENSIONS);
}

function cosine(left: string, right: string): number {
  const [a, b] = [vector(left), vector(right)];
  return a.reduce((sum, value, place) => sum + value * (b[place] ?? 0), 0);
}

function nearest(query: string): string | undefined {
  return [...CATALOGUE].sort((left, right) => cosine(query, right) - cosine(query, left))[0];
}

describe('embedLexically', () => {
  it('gives a vector of length 1 with 1536 places', () => {
    const made = vector('Кружка с котом');
    expect(made.length).toBe(1536);
    expect(Math.hypot(...made)).toBeCloseTo(1, 5);
  });

  it('finds other forms of a word and misspelt ones, in Russian and English', () => {
    expect(nearest('кружки')).toBe(CATALOGUE[0]);
    expect(nearest('кофе зерновой')).toBe(CATALOGUE[1]);
    expect(nearest('ежидневник')).toBe(CATALOGUE[2]);
    expect(nearest('cerramic mug')).toBe(CATALOGUE[3]);
    expect(nearest('headphone')).toBe(CATALOGUE[5]);
  });

  it('does not tell "ё" from "е", nor capitals from small letters', () => {
    expect(vector('ЗЁРНА')).toEqual(vector('зерна'));
  });

  it('counts a word of every product for less than a rare one', () => {
    expect(cosine('gift box headphones', 'headphones')).toBeGreaterThan(cosine('gift box headphones', 'gift box'));
  });

  it('has no vector for a text without words', () => {
    expect(embedLexically(' … ', table)).toBeNull();
    expect(embedLexically('', table)).toBeNull();
  });

  it('works for a catalogue that is still empty', () => {
    const empty = countFrequencies([]);
    expect(Math.hypot(...(embedLexically('кружка', empty) ?? []))).toBeCloseTo(1, 5);
  });

  // A change here is a new version of the embedder: stored vectors would no longer fit.
  it('keeps putting the features of a text into the same places', () => {
    const places = [...vector('mug')].flatMap((value, place) => (value === 0 ? [] : [place]));
    expect(places).toMatchInlineSnapshot(`
      [
        352,
        476,
        670,
        1209,
        1422,
        1465,
        1522,
      ]
    `);
  });

  it('never gives anything but null or a finite unit vector', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const made = embedLexically(text, table);
        expect(made === null || Math.abs(Math.hypot(...made) - 1) < 1e-4).toBe(true);
      }),
    );
  });

  it('refuses a table of another size', () => {
    expect(() => embedLexically('mug', { documents: 1, counts: new Uint32Array(8) })).toThrow(RangeError);
  });
});

describe('countFrequencies', () => {
  it('counts documents, not occurrences', () => {
    const once = countFrequencies(['mug', 'cup']);
    const often = countFrequencies(['mug mug', 'cup']);
    expect(once.documents).toBe(2);
    expect(once.counts.filter((count) => count > 0).every((count) => count === 1)).toBe(true);
    expect(often.counts.every((count) => count <= 1)).toBe(true);
  });
});

it('names the model after the snapshot', () => {
  expect(lexicalModelName({ name: '2026-11-21' })).toBe('hash-v1:2026-11-21');
});
