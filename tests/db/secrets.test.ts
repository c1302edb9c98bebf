import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSecretBox } from '../../db/secrets.ts';

const key = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
const first = createSecretBox({ current: 'a', keys: { a: key(1) } });
const CONTEXT = 'telegram_account.session:7';

describe('a secret', () => {
  test('opens as it was, and never twice looks the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, context) => {
        const sealed = first.seal(text, context);
        expect(first.open(sealed, context)).toBe(text);
        expect(first.seal(text, context)).not.toBe(sealed);
      }),
    );
  });

  test('opens after a rotation, and is then known to be sealed with an older key', () => {
    const rotated = createSecretBox({ current: 'b', keys: { b: key(2), a: key(1) } });
    const old = first.seal('session', CONTEXT);
    expect(rotated.open(old, CONTEXT)).toBe('session');
    expect(old.startsWith(rotated.freshPrefix)).toBe(false);
    const anew = rotated.seal('session', CONTEXT);
    expect(anew.startsWith(rotated.freshPrefix)).toBe(true);
    expect(() => first.open(anew, CONTEXT)).toThrow('there is no key «b» in the key ring');
  });

  test('does not open with another key under the same name', () => {
    const other = createSecretBox({ current: 'a', keys: { a: key(9) } });
    expect(() => other.open(first.seal('session', CONTEXT), CONTEXT)).toThrow(
      expect.objectContaining({ code: 'secret-damaged' }),
    );
  });

  test('does not open in another place than its own, and the error does not say whose it is', () => {
    const sealed = first.seal('session', CONTEXT);
    expect(() => first.open(sealed, 'telegram_account.session:8')).toThrow(
      expect.objectContaining({ message: 'a secret (telegram_account.session) does not open with key «a»' }),
    );
  });

  test('does not open when any of it was changed or cut off', () => {
    const sealed = first.seal('session', CONTEXT);
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.constantFrom('A', 'B', 'x', ''), (at, by) => {
        const changed = sealed.slice(0, at) + by + sealed.slice(at + 1);
        // The last digit of base64 holds bits that no byte needs.
        fc.pre(changed !== sealed && at < sealed.length - 1);
        expect(() => first.open(changed, CONTEXT)).toThrow();
      }),
    );
  });

  test.each(['', 'session', 'gcm1:a:', 'gcm1:a:AAAA', 'gcm1:constructor:'.padEnd(80, 'A')])(
    'is not «%s»: what was never sealed is never returned',
    (text) => {
      expect(() => first.open(text, CONTEXT)).toThrow();
    },
  );
});
