import { decodeAttribute } from './html-entities.ts';
import { TreeBuilder } from './html-tree.ts';
import type { OpenTag } from './html-tree.ts';

const BANG = 0x21;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const SLASH = 0x2f;
const EQUALS = 0x3d;
const GREATER = 0x3e;
const QUESTION = 0x3f;

/** Parses a page as browsers read tag soup, in one pass over its text; never throws. */
export function parseHtml(html: string): TreeBuilder {
  const tree = new TreeBuilder();
  const reader = new TagReader(html);
  let textFrom = 0;
  let from = 0;
  while (!tree.isFull) {
    const at = html.indexOf('<', from);
    if (at < 0) break;
    from = at + 1;
    const code = html.charCodeAt(from);
    if (!isMarkup(code)) continue;
    if (at > textFrom) tree.text(html.slice(textFrom, at));
    if (isLetter(code)) from = openTag(reader, from, tree);
    else if (code === SLASH) from = closeTag(html, from + 1, tree);
    else from = declarationEnd(html, from);
    textFrom = from;
  }
  if (textFrom < html.length && !tree.isFull) tree.text(html.slice(textFrom));
  return tree;
}

function isMarkup(code: number): boolean {
  return isLetter(code) || code === SLASH || code === BANG || code === QUESTION;
}

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d || code === 0x0c;
}

/** Position after a comment, doctype, CDATA section or processing instruction. */
function declarationEnd(html: string, at: number): number {
  if (html.startsWith('!--', at)) return html.startsWith('>', at + 3) ? at + 4 : after(html, '-->', at + 1);
  return html.startsWith('![CDATA[', at) ? after(html, ']]>', at) : after(html, '>', at);
}

function after(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from);
  return at < 0 ? html.length : at + mark.length;
}

function closeTag(html: string, from: number, tree: TreeBuilder): number {
  const end = after(html, '>', from);
  if (isLetter(html.charCodeAt(from))) {
    let at = from;
    while (at < end && !isNameEnd(html.charCodeAt(at))) at += 1;
    tree.close(lower(html.slice(from, at)));
  }
  return end;
}

function isNameEnd(code: number): boolean {
  return code === GREATER || code === SLASH || isSpace(code);
}

function lower(name: string): string {
  for (let at = 0; at < name.length; at += 1) {
    const code = name.charCodeAt(at);
    if (code >= 0x41 && code <= 0x5a) return name.toLowerCase();
  }
  return name;
}

/** Reads an opening tag with the raw text that may follow it; a tag that never ends is dropped. */
function openTag(reader: TagReader, from: number, tree: TreeBuilder): number {
  const name = reader.read(from);
  const { html } = reader;
  if (name === null) return html.length;
  const content = reader.at;
  if (!tree.open(reader.tag(name))) return content;
  const end = rawEnd(html, content, name);
  tree.raw(name, html.slice(content, end));
  return end === html.length ? end : after(html, '>', end);
}

/** Where the end tag of a raw-text element begins, or the page's end. */
function rawEnd(html: string, from: number, name: string): number {
  for (let at = html.indexOf('</', from); at >= 0; at = html.indexOf('</', at + 2)) {
    const end = at + 2 + name.length;
    if (isNameEnd(html.charCodeAt(end)) && html.slice(at + 2, end).toLowerCase() === name) return at;
  }
  return html.length;
}

/** Reads one opening tag after another; the fields hold what the last one said. */
class TagReader {
  readonly html: string;
  /** Position after the tag. */
  at = 0;
  attribs: Record<string, string> = {};
  isSelfClosing = false;
  hasData = false;

  constructor(html: string) {
    this.html = html;
  }

  /** Name of the tag whose name starts at `from`, lower case; null when the page ends within the tag. */
  read(from: number): string | null {
    this.attribs = {};
    this.isSelfClosing = false;
    this.hasData = false;
    this.at = this.#until(from, isNameEnd);
    const name = lower(this.html.slice(from, this.at));
    while (this.#skipToAttribute()) this.#readAttribute();
    if (this.at >= this.html.length) return null;
    this.at += 1;
    return name;
  }

  /** What `read` read. */
  tag(name: string): OpenTag {
    return { name, attribs: this.attribs, isSelfClosing: this.isSelfClosing, hasData: this.hasData };
  }

  #until(from: number, isEnd: (code: number) => boolean): number {
    let at = from;
    while (at < this.html.length && !isEnd(this.html.charCodeAt(at))) at += 1;
    return at;
  }

  /** Whether another attribute follows; stops at the end of the tag otherwise. */
  #skipToAttribute(): boolean {
    for (; this.at < this.html.length; this.at += 1) {
      const code = this.html.charCodeAt(this.at);
      if (code === GREATER) return false;
      if (code !== SLASH && !isSpace(code)) return true;
      this.isSelfClosing = code === SLASH && this.html.charCodeAt(this.at + 1) === GREATER;
    }
    return false;
  }

  #readAttribute(): void {
    const from = this.at;
    // A name may begin with "=", which is otherwise its end.
    this.at = this.#until(from + 1, isAttributeNameEnd);
    const name = lower(this.html.slice(from, this.at));
    this.hasData ||= name.startsWith('data-');
    const value = this.#value();
    // The first of several wins.
    this.attribs[name] ??= value;
  }

  /** The value after "=", '' for none. */
  #value(): string {
    const equals = this.#until(this.at, isNoSpace);
    if (this.html.charCodeAt(equals) !== EQUALS) return '';
    const from = this.#until(equals + 1, isNoSpace);
    const quote = this.html.charCodeAt(from);
    if (quote === QUOTE || quote === APOSTROPHE) {
      const end = this.html.indexOf(quote === QUOTE ? '"' : "'", from + 1);
      this.at = end < 0 ? this.html.length : end + 1;
      return decodeAttribute(this.html.slice(from + 1, end < 0 ? this.html.length : end));
    }
    this.at = this.#until(from, isValueEnd);
    return decodeAttribute(this.html.slice(from, this.at));
  }
}

function isAttributeNameEnd(code: number): boolean {
  return code === EQUALS || isNameEnd(code);
}

function isNoSpace(code: number): boolean {
  return !isSpace(code);
}

function isValueEnd(code: number): boolean {
  return code === GREATER || isSpace(code);
}
