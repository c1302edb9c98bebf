import fc from 'fast-check';
import { expect, test } from 'vitest';
import { passwordProblem } from './password-policy.ts';
import { isUserName, userNameKey } from './user-name.ts';

test.each([
  ['kitten-lamp-7', null],
  ['правильная лошадь', null],
  ['correct horse', null],
  ['short-one-1', 'too-short'],
  ['😀😀😀😀😀😀', 'too-short'],
  ['Password1234', 'well-known'],
  ['qwertyuiop123', 'well-known'],
  ['пароль123456', 'well-known'],
  ['1234567890123', 'well-known'],
  ['admin-admin-admin', 'well-known'],
  ['ababababababab', 'too-simple'],
  ['abcdefghijklmn', 'too-simple'],
  ['nmlkjihgfedcba', 'too-simple'],
  ['Margarita_Ivanova', 'is-the-name'],
  ['margarita_ivanova!1', 'is-the-name'],
  ['x'.repeat(257), 'too-long'],
])('«%s» is judged %s', (password, problem) => {
  expect(passwordProblem(password, 'Margarita_Ivanova')).toBe(problem);
});

test('a random password of twelve characters is never refused', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      expect(passwordProblem(id, 'somebody')).toBeNull();
    }),
  );
});

test.each([
  ['anna', true],
  ['Анна.К', true],
  ['a-1', true],
  ['ab', false],
  ['1anna', false],
  ['anna k', false],
  ['anna\u0000', false],
  ['a'.repeat(65), false],
  ['', false],
])('«%s» may be a name: %s', (name, may) => {
  expect(isUserName(name)).toBe(may);
});

test('names that differ in case or in the form of a letter only are one', () => {
  expect(userNameKey('АННА')).toBe(userNameKey('анна'));
  expect(userNameKey('ﬁona')).toBe(userNameKey('FIONA'));
});
