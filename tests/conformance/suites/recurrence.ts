import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { nextOccurrences } from '../../../domain/agenda/recurrence.ts';

const Case = z.object({
  id: z.string(),
  rrule: z.string(),
  dtstart: z.string(),
  tzid: z.string(),
  n: z.int(),
  exdate: z.array(z.string()).default([]),
  rdate: z.array(z.string()).default([]),
  expected: z.array(z.string()),
  /** Only where exact elapsed time differs from wall clock expansion. */
  expectedElapsed: z.array(z.string()).optional(),
});
type Case = z.infer<typeof Case>;
const File = z.object({ cases: z.array(Case) });

const BEFORE_ALL_MS = Date.UTC(1900, 0, 1);

function answer({ rrule, dtstart, tzid, n, exdate, rdate }: Case): string[] {
  const recurrence = { start: dtstart, rule: rrule, exdates: exdate, rdates: rdate };
  return nextOccurrences(recurrence, tzid, { afterMs: BEFORE_ALL_MS, count: n }).map(({ atMs }) =>
    new Date(atMs).toISOString().replace('.000Z', 'Z'),
  );
}

/** Compares the instants of each rule, asked from its beginning, with the reference: gaps shift, below a day time elapses. */
export async function run(file: string) {
  const { cases } = File.parse(JSON.parse(await readFile(file, 'utf8')));
  const failures: string[] = [];
  for (const example of cases) {
    const expected = (example.expectedElapsed ?? example.expected).join(' ');
    let got: string;
    try {
      got = answer(example).join(' ');
    } catch (error) {
      got = String(error);
    }
    if (got !== expected) failures.push(`${example.id} ${example.rrule}: got ${got}, expected ${expected}`);
  }
  return { passed: cases.length - failures.length, failed: failures.length, failures };
}
