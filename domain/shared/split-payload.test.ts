import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Keyboard } from './keyboard.ts';
import type { OutboxPayload } from './outbox-message.ts';
import { splitHtml, splitPayload } from './split-payload.ts';

const keyboard: Keyboard = [[{ kind: 'press', text: 'OK', data: 'ok' }]];
const long = Array.from({ length: 400 }, (_, line) => `line ${line} of a long text`).join('\n');
const text = (html: string): OutboxPayload => ({ kind: 'text', html, silent: false, keyboard });

/** null = tags do not pair. */
function shown(html: string): string | null {
  const open: string[] = [];
  for (const [, slash, name] of html.matchAll(/<(\/?)([a-z]+)[^>]*>/g)) {
    if (slash === '') open.push(name ?? '');
    else if (open.pop() !== name) return null;
  }
  return open.length === 0 ? html.replaceAll(/<[^>]*>/g, '') : null;
}

test('markup that a cut goes through is closed and opened again; nothing is lost', () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'й', ' ', '&lt;', '🎁'), minLength: 1, maxLength: 30 });
  const piece = fc.oneof(
    fc.array(line, { minLength: 1, maxLength: 6 }).map((lines) => lines.join('\n')),
    fc
      .array(line, { minLength: 1, maxLength: 6 })
      .map((lines) => `<b><a href="https://x.test/">${lines.join('\n')}</a></b>`),
  );
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
      const html = pieces.join('\n');
      const parts = splitHtml(html, 100);
      const bare = (some: string | null): string => (some ?? 'broken').replaceAll(/\s/g, '');
      expect(parts.map((part) => bare(shown(part))).join('')).toBe(bare(shown(html)));
    }),
  );
});

describe('too long for one message', () => {
  test('a text becomes several, the keyboard stands under the last', () => {
    const parts = splitPayload(text(long));
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.map((part) => 'keyboard' in part)).toEqual([...parts.slice(1).map(() => false), true]);
    expect(parts.every((part) => part.kind === 'text' && part.html.length <= 4_000)).toBe(true);
  });

  test('what replaces a message goes on below it', () => {
    const [first, second] = splitPayload({ kind: 'edit', html: long, messageId: '7', keyboard });
    expect(first).toMatchObject({ kind: 'edit', messageId: '7' });
    expect(second).toMatchObject({ kind: 'text', silent: true });
  });

  test('what is said of a picture follows it', () => {
    const picture: OutboxPayload = { kind: 'picture', html: long, contentHash: 'ff', silent: true, keyboard };
    const [first, second] = splitPayload(picture);
    expect(first).toEqual({ kind: 'picture', html: '', contentHash: 'ff', silent: true });
    expect(second).toMatchObject({ kind: 'text', silent: true });
  });
});

test('what fits is left alone', () => {
  for (const payload of [text('short'), { kind: 'answer', callbackId: '1', toast: null } as const])
    expect(splitPayload(payload)).toEqual([payload]);
});
