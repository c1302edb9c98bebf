/**
 * npm run bench -- parse [--seconds 3]: how many phrases a second are understood in each language, how many of the lists are right,
 * and what chrono-node alone takes for the same phrases (it knows no repetition and asks nothing).
 */
import { parseArgs } from 'node:util';
import { en, ru } from 'chrono-node';
import { describe } from '../domain/agenda/language/describe.ts';
import { isAsked, understand } from '../domain/agenda/language/understand.ts';
import { judge } from '../tests/agenda/judge.ts';
import type { PhraseCase } from '../tests/agenda/phrase-list.ts';
import { PHRASES_EN } from '../tests/agenda/phrases-en.ts';
import { MORE_EN, MORE_RU } from '../tests/agenda/phrases-more.ts';
import { PHRASES_RU } from '../tests/agenda/phrases-ru.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '3' } } });
const forMs = Number(values.seconds) * 1_000;

const LISTS = [
  { name: 'Russian', language: 'ru', cases: [...PHRASES_RU, ...MORE_RU], chrono: ru },
  { name: 'English', language: 'en', cases: [...PHRASES_EN, ...MORE_EN], chrono: en },
] as const;

/** Goes through the list again and again; ms of each phrase, and how many a second. */
function time(cases: readonly PhraseCase[], work: (one: PhraseCase) => unknown) {
  for (const one of cases) work(one); // the first round compiles
  const each: number[] = [];
  const startedAt = performance.now();
  while (performance.now() - startedAt < forMs) {
    for (const one of cases) {
      const at = performance.now();
      work(one);
      each.push(performance.now() - at);
    }
  }
  const sorted = each.toSorted((a, b) => a - b);
  const quantile = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return {
    perSecond: (each.length / (performance.now() - startedAt)) * 1_000,
    p50: quantile(0.5),
    p99: quantile(0.99),
  };
}

console.table(
  LISTS.map(({ name, language, cases, chrono }) => {
    const answers = cases.map(({ phrase, nowMs, zone }) => understand(phrase, { nowMs, zone, language }));
    const understood = answers.flatMap((answer) => (isAsked(answer) ? [] : [answer]));
    const { right, asked, wrong } = judge(cases, language);
    const ours = time(cases, ({ phrase, nowMs, zone }) => understand(phrase, { nowMs, zone, language }));
    const alone = time(cases, ({ phrase, nowMs }) => chrono.parse(phrase, new Date(nowMs), { forwardDate: true }));
    const startedAt = performance.now();
    for (const answer of understood) describe(answer, language);
    return {
      language: name,
      phrases: cases.length,
      right,
      'asked needlessly': asked.length,
      wrong: wrong.length,
      'phrases/s': Math.round(ours.perSecond),
      'p50 ms': ours.p50.toFixed(3),
      'p99 ms': ours.p99.toFixed(3),
      'chrono-node alone/s': Math.round(alone.perSecond),
      'describe µs': (((performance.now() - startedAt) / understood.length) * 1_000).toFixed(0),
    };
  }),
);
