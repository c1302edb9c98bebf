import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { z } from 'zod';
import type { ProductPage } from '../../../domain/catalog/product-page.ts';
import { extractProduct } from '../../../providers/shops/extract/extract-product.ts';

const ATTRIBUTES = ['price', 'availability', 'sku', 'brand'] as const;
type Attribute = (typeof ATTRIBUTES)[number];
type Answer = Partial<Record<Attribute, string>>;

const Labels = z.array(z.string()).optional();
const Reference = z.object({
  price: z.string().optional(),
  availability: z.string().optional(),
  sku: z.string().optional(),
  brand: z.string().optional(),
});
const Page = z.object({
  id: z.string(),
  url: z.string(),
  host: z.string(),
  file: z.string(),
  expected: z.object({ price: Labels, availability: z.string(), sku: Labels, brand: Labels }),
  reference: z.record(z.string(), Reference),
});
const File = z.object({ pages: z.array(Page) });
type LabelledPage = z.infer<typeof Page>;

/** Counts of one attribute over all pages. */
interface Tally {
  right: number;
  wrong: number;
  missed: number;
}

/** Extracts each labelled page and scores it by the benchmark's own rule; `file` is expected.json beside `html/`. */
export async function run(file: string) {
  const { pages } = File.parse(JSON.parse(await readFile(file, 'utf8')));
  const answers: Answer[] = [];
  let spentMs = 0;
  for (const page of pages) {
    const html = (await promisify(gunzip)(await readFile(join(dirname(file), page.file)))).toString('utf8');
    const started = performance.now();
    const product = extractProduct({ html, url: page.url, config: { fields: {}, language: null, currency: null } });
    spentMs += performance.now() - started;
    answers.push(answerOf(product));
  }
  const failures = pages.flatMap((page, at) => faults(page, answers[at] ?? {}));
  const checks = pages.length * ATTRIBUTES.length;
  const perPage = `extraction ${(spentMs / Math.max(1, pages.length)).toFixed(1)} ms/page`;
  return {
    passed: checks - failures.length,
    failed: failures.length,
    failures,
    lines: [...ATTRIBUTES.map((attribute) => scoreLine(attribute, pages, answers)), perPage],
  };
}

function answerOf(product: ProductPage): Answer {
  const availability = product.availability?.value;
  return {
    ...(product.price === undefined ? {} : { price: product.price.value.amount }),
    ...(availability === undefined
      ? {}
      : {
          availability: availability === 'out_of_stock' || availability === 'discontinued' ? 'OutOfStock' : 'InStock',
        }),
    ...(product.sku === undefined ? {} : { sku: product.sku.value }),
    ...(product.brand === undefined ? {} : { brand: product.brand.value }),
  };
}

function scoreLine(attribute: Attribute, pages: readonly LabelledPage[], answers: readonly Answer[]): string {
  const systems = [...new Set(pages.flatMap((page) => Object.keys(page.reference)))];
  const ours = f1(attribute, pages, (at) => answers[at] ?? {});
  const others = systems.map((system) => {
    const score = f1(attribute, pages, (at) => withDefined(pages[at]?.reference[system]));
    return `${system} ${score.toFixed(3)}`;
  });
  return `${attribute} F1 ${ours.toFixed(3)}  (recorded: ${others.join(', ')})`;
}

function withDefined(reference: z.infer<typeof Reference> | undefined): Answer {
  const entries = Object.entries(reference ?? {});
  return Object.fromEntries(entries);
}

/** F1 of one attribute: right = tp; wrong = fp, and fn where a label exists; none = fn. */
function f1(attribute: Attribute, pages: readonly LabelledPage[], answer: (at: number) => Answer): number {
  const tally: Tally = { right: 0, wrong: 0, missed: 0 };
  for (const [at, page] of pages.entries()) count(tally, verdict(attribute, page, answer(at)));
  const { right, wrong, missed } = tally;
  return right === 0 ? 0 : (2 * right) / (2 * right + wrong + missed);
}

type Verdict = 'right' | 'wrong' | 'unasked' | 'missed' | 'absent';

function count(tally: Tally, result: Verdict): void {
  if (result === 'right') tally.right += 1;
  if (result === 'wrong' || result === 'unasked') tally.wrong += 1;
  if (result === 'wrong' || result === 'missed') tally.missed += 1;
}

function verdict(attribute: Attribute, page: LabelledPage, answer: Answer): Verdict {
  const accepted = attribute === 'availability' ? [page.expected.availability] : (page.expected[attribute] ?? []);
  const given = attribute === 'availability' ? (answer.availability ?? 'InStock') : answer[attribute];
  if (given === undefined || given === '') return accepted.length === 0 ? 'absent' : 'missed';
  if (accepted.length === 0) return 'unasked';
  return accepted.some((label) => isSame(attribute, label, given)) ? 'right' : 'wrong';
}

function isSame(attribute: Attribute, label: string, given: string): boolean {
  return attribute === 'price' ? Number(label) === Number(given) : label.trim() === given.trim();
}

function faults(page: LabelledPage, answer: Answer): readonly string[] {
  return ATTRIBUTES.flatMap((attribute) => {
    const result = verdict(attribute, page, answer);
    if (result === 'right' || result === 'absent') return [];
    const wanted = page.expected[attribute] ?? 'nothing';
    return [
      `${page.id.slice(0, 8)} ${page.host} ${attribute}: got ${answer[attribute] ?? 'nothing'}, expected ${String(wanted)}`,
    ];
  });
}
