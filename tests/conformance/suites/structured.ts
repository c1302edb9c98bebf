import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { readStructured } from '../../../providers/shops/extract/structured.ts';

const File = z.object({
  samples: z.array(
    z.object({
      source: z.string(),
      name: z.string(),
      html: z.string(),
      reference: z.object({
        microdata: z.array(z.unknown()),
        'json-ld': z.array(z.unknown()),
        opengraph: z.array(z.unknown()),
      }),
    }),
  ),
});

/** Base URL with which the reference answers were made. */
const BASE_URL = 'https://example.com/';

/** Compares our readers with the reference objects of each sample, per syntax; `file` is structured.json. */
export async function run(file: string) {
  const { samples } = File.parse(JSON.parse(await readFile(file, 'utf8')));
  const failures: string[] = [];
  for (const sample of samples) {
    const ours = readStructured(sample.html, BASE_URL);
    const answers = { microdata: ours.microdata, 'json-ld': ours.jsonLd, opengraph: ours.openGraph };
    if (!isDeepStrictEqual(normal(answers), normal(sample.reference))) {
      failures.push(`${sample.source} ${sample.name}: ${firstDifference(answers, sample.reference)}`);
    }
  }
  return { passed: samples.length - failures.length, failed: failures.length, failures };
}

function normal(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

type Answers = Readonly<Record<'microdata' | 'json-ld' | 'opengraph', readonly unknown[]>>;

function firstDifference(ours: Answers, reference: Answers): string {
  for (const syntax of ['microdata', 'json-ld', 'opengraph'] as const) {
    const [mine, theirs] = [ours[syntax], reference[syntax]];
    if (isDeepStrictEqual(normal(mine), normal(theirs))) continue;
    return `${syntax}: got ${JSON.stringify(mine).slice(0, 400)}, expected ${JSON.stringify(theirs).slice(0, 400)}`;
  }
  return 'no difference';
}
