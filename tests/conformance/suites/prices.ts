import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { parsePrice } from '../../../domain/catalog/price.ts';
import type { SuiteResult } from '../suite.ts';

const caseSchema = z.object({
  id: z.string(),
  split: z.string(),
  raw: z.string().nullable(),
  currencyHint: z.string().nullable(),
  decimalSeparator: z.string().optional(),
  amount: z.string().nullable(),
  currencyIso: z.string().nullable(),
});
const fileSchema = z.object({ cases: z.array(caseSchema) });
type PriceCase = z.infer<typeof caseSchema>;

interface Outcome {
  readonly amountRight: boolean;
  /** Null where the file does not score the currency. */
  readonly currencyRight: boolean | null;
  readonly failure: string | null;
}

function sameAmount(left: string | null, right: string | null): boolean {
  return left === null || right === null ? left === right : Number(left) === Number(right);
}

function check(testCase: PriceCase): Outcome {
  const { decimalSeparator, currencyHint } = testCase;
  const found = parsePrice(testCase.raw ?? '', {
    currencyHint,
    ...(decimalSeparator === undefined ? {} : { decimalSeparator }),
  });
  const amountRight = sameAmount(found.amount, testCase.amount);
  const currencyRight = testCase.currencyIso === null ? null : found.currency === testCase.currencyIso;
  if (amountRight && currencyRight !== false) return { amountRight, currencyRight, failure: null };
  const got = `${String(found.amount)} ${String(found.currency)}`;
  const want = `${String(testCase.amount)} ${String(testCase.currencyIso)}`;
  const failure = `${testCase.id} ${JSON.stringify([testCase.raw, currencyHint])}: ${got}, expected ${want}`;
  return { amountRight, currencyRight, failure };
}

function share(name: string, right: number, all: number): string {
  return `${name} ${(all === 0 ? 100 : (100 * right) / all).toFixed(2)} % (${right} of ${all})`;
}

/** Amount and ISO currency of price texts; the cases its source itself marks as out of reach (xfail) are skipped. */
export async function run(file: string): Promise<SuiteResult> {
  const { cases } = fileSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const inScope = cases.filter(({ split }) => !split.startsWith('xfail'));
  const outcomes = inScope.map(check);
  const failures = outcomes.flatMap(({ failure }) => (failure === null ? [] : [failure]));
  const currencies = outcomes.filter(({ currencyRight }) => currencyRight !== null);
  return {
    passed: outcomes.length - failures.length,
    failed: failures.length,
    skipped: cases.length - inScope.length,
    failures,
    lines: [
      share('amount', outcomes.filter(({ amountRight }) => amountRight).length, outcomes.length),
      share('currency', currencies.filter(({ currencyRight }) => currencyRight).length, currencies.length),
    ],
  };
}
