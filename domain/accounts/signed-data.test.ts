import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFresh, readInitData, readWidget } from './signed-data.ts';

const hash = 'ab'.repeat(32);
const user = JSON.stringify({ id: 7_000_000_001, first_name: 'Анна' });

test('the signed text has its lines in the order of names, without the hash', () => {
  const data = readInitData([
    ['user', user],
    ['signature', 'x'],
    ['hash', hash.toUpperCase()],
    ['auth_date', '1700000000'],
  ]);
  expect(data).toEqual({
    text: `auth_date=1700000000\nsignature=x\nuser=${user}`,
    hash,
    signedAt: 1_700_000_000_000,
    userId: '7000000001',
  });
});

test('the fields of the widget are numbers and texts', () => {
  const data = readWidget({ id: 7_000_000_001, auth_date: 1_700_000_000, first_name: 'Анна', hash });
  expect(data).toMatchObject({ text: 'auth_date=1700000000\nfirst_name=Анна\nid=7000000001', userId: '7000000001' });
});

test.each([
  [{ id: 0, auth_date: 1, hash }],
  [{ id: '-5', auth_date: 1, hash }],
  [{ id: 5, auth_date: 'soon', hash }],
  [{ id: 5, hash }],
  [{ id: 5, auth_date: 1, hash: 'short' }],
  [{}],
])('%j is no signed data', (fields) => {
  expect(readWidget({ ...fields })).toBeNull();
});

test('a field that is there twice is refused: the two could be read differently', () => {
  const entries = [['user', user], ['user', user], ['hash', hash], ['auth_date', '1']] as const; // prettier-ignore
  expect(readInitData(entries)).toBeNull();
});

test('whatever comes, nothing is thrown', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('user', 'hash', 'auth_date', 'x'), fc.string())), (entries) => {
      expect(readInitData(entries)?.userId ?? '1').toMatch(/^\d+$/);
    }),
  );
});

test.each([
  [0, true],
  [3_600_000, true],
  [3_600_001, false],
  [-60_000, true],
  [-60_001, false],
])('data that is %i ms old is believed: %s', (age, believed) => {
  const data = { text: '', hash, signedAt: 1_700_000_000_000, userId: '1' };
  expect(isFresh(data, data.signedAt + age)).toBe(believed);
});
