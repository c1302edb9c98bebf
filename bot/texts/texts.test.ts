import { expect, test } from 'vitest';
import { LANGUAGES } from '../../domain/accounts/language.ts';
import { en } from './en.ts';
import { ru } from './ru.ts';

/** Names every argument that a text reads, e.g. `settings.zone(zone)`. */
function described(value: unknown, path: string): string[] {
  if (value instanceof Map) return [...value.keys()].map((key) => `${path}[${String(key)}]`);
  if (typeof value === 'function') return [`${path}(${placeholders(value).join(', ')})`];
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => described(inner, path === '' ? key : `${path}.${key}`));
}

// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- whatever text it is
function placeholders(text: Function): string[] {
  const read = new Set<string>();
  const names = new Proxy(
    {},
    {
      get: (_target, name) => {
        read.add(String(name));
        return 2;
      },
    },
  );
  Reflect.apply(text, undefined, [names]);
  return [...read].sort();
}

/** Every text, as a person would see it. */
function said(value: unknown): string[] {
  if (value instanceof Map) return [...value.values()].flatMap(said);
  if (typeof value === 'function') return [String(Reflect.apply(value, undefined, [new Proxy({}, { get: () => 2 })]))];
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(said) : [];
}

test('both languages have the same texts with the same placeholders', () => {
  expect(described(en, '').sort()).toEqual(described(ru, '').sort());
  expect(LANGUAGES).toEqual(['ru', 'en']);
});

test('no text is empty, and each is in its language', () => {
  for (const text of [...said(ru), ...said(en)]) expect(text.trim()).not.toBe('');
  expect(said(en).filter((text) => /[а-яё]/i.test(text) && !text.includes('Русский'))).toEqual([]);
});
