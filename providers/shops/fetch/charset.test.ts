import { describe, expect, it } from 'vitest';
import { decodeText } from './charset.ts';

const TEXT = 'Тёплый плед';
const CP1251 = [0xd2, 0xb8, 0xef, 0xeb, 0xfb, 0xe9, 0x20, 0xef, 0xeb, 0xe5, 0xe4];
const html = (bytes: readonly number[], head = '') =>
  Buffer.concat([Buffer.from(`<!doctype html>${head}<h1>`), Buffer.from(bytes), Buffer.from('</h1>')]);
const utf8 = [...Buffer.from(TEXT)];

describe('decodeText', () => {
  it.each([
    ['the header', html(CP1251), 'text/html; charset="Windows-1251"'],
    ['the meta element', html(CP1251, '<meta charset=windows-1251>'), 'text/html'],
    ['the header before the meta element', html(CP1251, '<meta charset=utf-8>'), 'text/html; charset=windows-1251'],
    ['UTF-8 where nothing is declared and it is valid', html(utf8), null],
    ['the byte order mark before the header', Buffer.from(`\uFEFF<h1>${TEXT}</h1>`), 'text/html; charset=windows-1251'],
    ['UTF-16 by its mark', Buffer.from(`\uFEFF<h1>${TEXT}</h1>`, 'utf16le'), null],
    ['an unknown label as none', html(utf8), 'text/html; charset=cyrillic-unknown'],
    [
      'a UTF-8 header on windows-1251 bytes as a mistake',
      html(CP1251, '<meta charset=windows-1251>'),
      'text/html; charset=utf-8',
    ],
    ['a windows-1251 header on UTF-8 bytes as a mistake', html(utf8), 'text/html; charset=windows-1251'],
  ])('believes %s', (_, bytes, contentType) => {
    const { text } = decodeText(bytes, contentType);
    expect(text).toContain(`<h1>${TEXT}</h1>`);
    expect(text).not.toContain('\uFEFF');
  });

  it('keeps UTF-8 with one broken character', () => {
    const { text, encoding } = decodeText(html([...utf8, 0xd0]), 'text/html; charset=utf-8');
    expect(text).toContain(`<h1>${TEXT}\uFFFD</h1>`);
    expect(encoding).toBe('utf-8');
  });

  it('reads anything as some text', () => {
    expect(decodeText(Buffer.alloc(0), null).text).toBe('');
    expect(typeof decodeText(Buffer.from([0xff, 0x00, 0x81, 0x9f]), 'text/html; charset=x-user-defined').text).toBe(
      'string',
    );
  });
});
