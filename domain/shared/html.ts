/** Text that is HTML already and stays as it is. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text of a person as HTML that shows it letter by letter. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char);

/** HTML from a template: what is put in is escaped, unless `safe` says that it is HTML already. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | number | Html)[]): string {
  return parts.reduce((text, part, index) => text + shown(values[index - 1] ?? '') + part);
}

/** Names what `html` must not escape: an outcome of `html`, or several with line breaks between. */
export const safe = (...lines: readonly string[]): Html => new Html(lines.join('\n'));

const shown = (value: string | number | Html): string =>
  value instanceof Html ? value.text : escapeHtml(String(value));
