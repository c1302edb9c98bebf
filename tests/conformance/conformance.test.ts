import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { figure, loadSuite, suiteNames, type SuiteResult } from './suite.ts';

interface Gate {
  /** Path below the data folder. */
  readonly data: string;
  readonly hold: (result: SuiteResult) => void;
}

const DATA = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

function allPass(result: SuiteResult): void {
  expect(result.failures).toEqual([]);
  expect(result.failed).toBe(0);
}

function atLeast(name: string, least: number): (result: SuiteResult) => void {
  return (result) => {
    expect(figure(result, name), name).toBeGreaterThanOrEqual(least);
  };
}

function together(...holds: readonly ((result: SuiteResult) => void)[]): (result: SuiteResult) => void {
  return (result) => {
    for (const hold of holds) hold(result);
  };
}

const GATES: Readonly<Record<string, Gate>> = {
  urls: { data: 'urls/urls.json', hold: allPass },
  charset: { data: 'charset/charset.json', hold: allPass },
  structured: { data: 'structured/structured.json', hold: allPass },
  robots: {
    data: 'robots/robots.json',
    hold: ({ passed, failed }) => {
      expect(passed / (passed + failed)).toBeGreaterThanOrEqual(0.994);
    },
  },
  recurrence: { data: 'recurrence/rrule-cases.json', hold: allPass },
  prices: { data: 'prices/prices.json', hold: together(atLeast('amount', 100), atLeast('currency', 99)) },
  'product-pages': {
    data: 'product-pages/expected.json',
    hold: together(atLeast('price F1', 0.85), atLeast('availability F1', 0.94), atLeast('sku F1', 0.78)),
  },
  'giftbuyer-plans': { data: 'giftbuyer-plans/giftbuyer-plans.json', hold: allPass },
  'habit-strength': { data: 'habit-strength/habit-strength.json', hold: allPass },
  icecat: {
    data: 'icecat',
    hold: together(atLeast('lexical nDCG@10', 0.75), atLeast('lexical judged-only', 0.82)),
  },
};

describe('conformance', () => {
  for (const name of suiteNames()) {
    const gate = GATES[name];
    const file = `${DATA}${gate?.data ?? name}`;
    const missing = gate !== undefined && !existsSync(file);
    const title = missing ? `${name}: skipped, ../shared/data/${gate.data} is not there` : name;
    it.skipIf(missing)(
      title,
      async () => {
        if (gate === undefined) throw new Error(`suite ${name} has no threshold in conformance.test.ts`);
        const result = await (await loadSuite(name)).run(file);
        expect(result.passed).toBeGreaterThan(0);
        gate.hold(result);
      },
      300_000,
    );
  }

  it('names the suites when asked for one that is not there', async () => {
    await expect(loadSuite('nosuch')).rejects.toThrow(/unknown suite "nosuch"; there are: .*prices/);
  });
});
