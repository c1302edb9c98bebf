import { expect, test } from 'vitest';
import { html, safe } from './html.ts';

test('what is put into a template is escaped once', () => {
  const name = '<b>Tom & "Jerry"</b>';
  const line = html`<b>${name}</b> × ${2}`;
  expect(line).toBe('<b>&lt;b&gt;Tom &amp; &quot;Jerry&quot;&lt;/b&gt;</b> × 2');
  expect(html`${safe(line, line)}!`).toBe(`${line}\n${line}!`);
});
