import { Document, Element, Text } from 'domhandler';
import type { ParentNode } from 'domhandler';
import { decodeText } from './html-entities.ts';
import { DECODED_TAGS, HTML_IN_SVG, IMPLIED_ENDS, RAW_TAGS, VOID_TAGS } from './html-tags.ts';

/** Elements of one page at most; what comes after them is not looked at. */
const MAX_ELEMENTS = 200_000;

/** An opening tag as it was written. */
export interface OpenTag {
  /** Lower case. */
  readonly name: string;
  readonly attribs: Record<string, string>;
  readonly isSelfClosing: boolean;
  /** Whether it has a `data-` attribute. */
  readonly hasData: boolean;
}

const FOREIGN = new Set(['svg', 'math']);

interface Open {
  readonly element: Element;
  /** Inside SVG or MathML, where tags may close themselves and nothing is raw text. */
  readonly isForeign: boolean;
}

/** Builds the tree of a page tag by tag: void elements, left-out end tags, stray end tags, foreign content. */
export class TreeBuilder {
  readonly document = new Document([]);
  /** In document order; `startIndex` of each is its place in this list. */
  readonly elements: Element[] = [];
  /** Texts that are more than white space, in document order, scripts and styles left out. */
  readonly texts: Text[] = [];
  readonly byName = new Map<string, Element[]>();
  /** Elements with `data-` attributes, with `itemprop`, with `itemscope`, with `typeof`, in document order. */
  readonly dataBearers: Element[] = [];
  readonly properties: Element[] = [];
  readonly scopes: Element[] = [];
  readonly typed: Element[] = [];
  #stack: Open[] = [];
  #counts = new Map<string, number>();

  get isFull(): boolean {
    return this.elements.length >= MAX_ELEMENTS;
  }

  /** Adds an element; returns whether what follows is raw text up to its end tag. */
  open({ name, attribs, isSelfClosing, hasData }: OpenTag): boolean {
    this.#closeImplied(name);
    if (name === 'form' && (this.#counts.get('form') ?? 0) > 0) return false;
    const element = new Element(name, attribs);
    this.#register(element);
    if (hasData) this.dataBearers.push(element);
    this.#append(element);
    const isForeign = this.#stack.at(-1)?.isForeign === true;
    if (VOID_TAGS.has(name) || (isForeign && isSelfClosing)) return false;
    this.#enter(element, isForeign);
    return !isForeign && RAW_TAGS.has(name);
  }

  /** Ends the innermost open element of that name with all inside it; a stray end tag is nothing. */
  close(name: string): void {
    if (name === 'br') this.open({ name, attribs: {}, isSelfClosing: true, hasData: false });
    if ((this.#counts.get(name) ?? 0) === 0) return;
    while (this.#pop() !== name);
  }

  /** Adds text with its character references; blank text is kept, as it parts words. */
  text(raw: string): void {
    const text = decodeText(raw);
    const parent = this.#stack.at(-1)?.element ?? this.document;
    const last = parent.children.at(-1);
    if (last instanceof Text) {
      if (!hasInk(last.data) && hasInk(text)) this.texts.push(last);
      last.data += text;
    } else {
      const node = new Text(text);
      this.#append(node);
      if (hasInk(text)) this.texts.push(node);
    }
  }

  /** Adds the content of the raw-text element just opened, and ends it. */
  raw(name: string, raw: string): void {
    if (raw !== '') this.#append(new Text(DECODED_TAGS.has(name) ? decodeText(raw) : raw));
    this.#pop();
  }

  #enter(element: Element, isForeign: boolean): void {
    const { name } = element;
    this.#stack.push({ element, isForeign: FOREIGN.has(name) || (isForeign && !HTML_IN_SVG.has(name)) });
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  #register(element: Element): void {
    element.startIndex = this.elements.length;
    this.elements.push(element);
    const likes = this.byName.get(element.name);
    if (likes === undefined) this.byName.set(element.name, [element]);
    else likes.push(element);
    const { attribs } = element;
    if (attribs['itemprop'] !== undefined) this.properties.push(element);
    if (attribs['itemscope'] !== undefined) this.scopes.push(element);
    if (attribs['typeof'] !== undefined) this.typed.push(element);
  }

  #closeImplied(name: string): void {
    const ends = IMPLIED_ENDS.get(name);
    if (ends === undefined) return;
    for (let top = this.#stack.at(-1); top !== undefined && ends.has(top.element.name); top = this.#stack.at(-1))
      this.#pop();
  }

  #pop(): string {
    const name = this.#stack.pop()?.element.name ?? '';
    this.#counts.set(name, (this.#counts.get(name) ?? 1) - 1);
    return name;
  }

  #append(node: Element | Text): void {
    const parent: ParentNode = this.#stack.at(-1)?.element ?? this.document;
    const last = parent.children.at(-1);
    node.parent = parent;
    if (last !== undefined) {
      last.next = node;
      node.prev = last;
    }
    parent.children.push(node);
  }
}

function hasInk(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x20) return true;
  return false;
}
