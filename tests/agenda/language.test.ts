import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it, test } from 'vitest';
import { judge } from './judge.ts';
import { PHRASES_EN } from './phrases-en.ts';
import { MORE_EN, MORE_RU, ODD } from './phrases-more.ts';
import { PHRASES_RU } from './phrases-ru.ts';

const LISTS = [
  { name: 'Russian', language: 'ru', cases: PHRASES_RU, least: 170 },
  { name: 'English', language: 'en', cases: PHRASES_EN, least: 140 },
  { name: 'more Russian', language: 'ru', cases: MORE_RU, least: 40 },
  { name: 'more English', language: 'en', cases: MORE_EN, least: 40 },
  { name: 'odd', language: 'ru', cases: ODD, least: 50 },
] as const;

test.each(LISTS)('$name phrases are understood, and none is understood wrong', ({ language, cases, least }) => {
  const { right, asked, wrong } = judge(cases, language);
  expect(cases.length).toBeGreaterThanOrEqual(least);
  expect(wrong).toEqual([]);
  expect({ share: right / cases.length >= 0.95, asked }).toEqual({ share: true, asked: [] });
});

it('understands the same whatever the host calls local time', () => {
  const understand = fileURLToPath(new URL('../../domain/agenda/language/understand.ts', import.meta.url));
  const script = `
    const { understand } = await import(${JSON.stringify(understand)});
    const said = ['завтра в 9 звонок', 'каждую вторую пятницу в 18:00 бильярд', '2026/12/05 dentist', 'in 3 days tea', 'last day of month x'];
    const hearing = { nowMs: 1795504200000, zone: 'America/New_York', language: 'en' };
    console.log(JSON.stringify(said.map((phrase) => understand(phrase, hearing))));
  `;
  const answers = ['UTC', 'Pacific/Kiritimati', 'America/St_Johns'].map((TZ) =>
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, TZ },
      encoding: 'utf8',
    }),
  );
  expect(answers[0]).toContain('"start":"2026-');
  expect(new Set(answers).size).toBe(1);
});
