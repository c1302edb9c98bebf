import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';

const web = new URL('../../web/', import.meta.url);
const Texts = z.object({ default: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])) });
const load = async (language: string) => Texts.parse(await import(new URL(`texts/${language}.js`, web).href)).default;
const names = (text: unknown) => [...new Set(JSON.stringify(text).match(/\{\w+\}/g) ?? [])].sort();

test('both languages have the same keys, with the same values to fill in', async () => {
  const [ru, en] = [await load('ru'), await load('en')];
  expect(Object.keys(ru)).toEqual(Object.keys(en));
  for (const key of Object.keys(en)) expect([key, names(ru[key])]).toEqual([key, names(en[key])]);
});

test('every plural form that a language needs is there', async () => {
  for (const [language, texts] of [['ru', await load('ru')] as const, ['en', await load('en')] as const]) {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const text of Object.values(texts)) {
      if (typeof text !== 'string') expect(Object.keys(text).sort()).toEqual([...needed].sort());
    }
  }
});

test('every key in the code exists, and every key is used', async () => {
  const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.js') && !name.startsWith('texts'),
  );
  const code = files.map((name) => readFileSync(new URL(name, web), 'utf8')).join('\n');
  const keys = Object.keys(await load('en'));
  // Keys that are put together from a code of the API.
  const composed =
    /^(nav|mode|availability|origin|field|state|try|sources\.(pause|resume|cancel)|sign\.(login|register)|accounts\.(state|trouble|stage)|login\.(sentBy|code$|password$)|channels\.(price|supply)(Min|Max)|settings|gifts\.(show|stage)|watch\.state|drops\.(kind|state)|purchase|skip|rejected|telegram|problem)\b/;
  const unused = keys.filter((key) => !composed.test(key) && !code.includes(`'${key}'`));
  const used = [...code.matchAll(/\bt\('([\w.-]+)'/g)].map(([, key]) => key ?? '');
  expect({ unused, missing: used.filter((key) => !keys.includes(key)) }).toEqual({ unused: [], missing: [] });
});
