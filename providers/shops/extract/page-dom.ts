import { isTag, isText } from 'domhandler';
import type { AnyNode, Document, Element, Text } from 'domhandler';
import { parseDocument } from 'htmlparser2';

/** Elements of one page at most; what comes after them is not looked at. */
const MAX_ELEMENTS = 200_000;
/** Their content is no text that the page shows. */
const UNSHOWN = new Set('script style title textarea iframe xmp noembed noframes'.split(' '));

/** A parsed page: one DOM that every reader shares, with its elements in document order. */
export interface PageDom {
  readonly document: Document;
  /** `startIndex` of each is its place in this list. */
  readonly elements: readonly Element[];
  /** Texts that are more than white space, outside scripts, styles and form fields, in document order. */
  readonly texts: readonly Text[];
  /** Elements of each name in document order. */
  readonly byName: ReadonlyMap<string, readonly Element[]>;
  /** Elements with `data-` attributes, with `itemprop`, with `itemscope`, with `typeof`, in document order. */
  readonly dataBearers: readonly Element[];
  readonly properties: readonly Element[];
  readonly scopes: readonly Element[];
  readonly typed: readonly Element[];
}

/** Parses a page once and lists what the readers ask for; at most 200,000 elements are looked at. Never throws. */
export function parsePage(html: string): PageDom {
  const document = parseDocument(html);
  const page = new PageLists(document);
  const stack: AnyNode[] = [document];
  for (let node = stack.pop(); node !== undefined && page.elements.length < MAX_ELEMENTS; node = stack.pop()) {
    if (isText(node)) page.addText(node);
    else if (isTag(node)) page.addElement(node);
    if ('children' in node) {
      for (let at = node.children.length - 1; at >= 0; at -= 1) {
        const child = node.children[at];
        if (child !== undefined) stack.push(child);
      }
    }
  }
  return page;
}

class PageLists implements PageDom {
  readonly document: Document;
  readonly elements: Element[] = [];
  readonly texts: Text[] = [];
  readonly byName = new Map<string, Element[]>();
  readonly dataBearers: Element[] = [];
  readonly properties: Element[] = [];
  readonly scopes: Element[] = [];
  readonly typed: Element[] = [];

  constructor(document: Document) {
    this.document = document;
  }

  addText(text: Text): void {
    const { parent } = text;
    if (parent !== null && isTag(parent) && UNSHOWN.has(parent.name)) return;
    if (hasInk(text.data)) this.texts.push(text);
  }

  addElement(element: Element): void {
    element.startIndex = this.elements.length;
    this.elements.push(element);
    const likes = this.byName.get(element.name);
    if (likes === undefined) this.byName.set(element.name, [element]);
    else likes.push(element);
    const { attribs } = element;
    if (attribs['itemprop'] !== undefined) this.properties.push(element);
    if (attribs['itemscope'] !== undefined) this.scopes.push(element);
    if (attribs['typeof'] !== undefined) this.typed.push(element);
    for (const name in attribs) {
      if (!name.startsWith('data-')) continue;
      this.dataBearers.push(element);
      break;
    }
  }
}

function hasInk(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x20) return true;
  return false;
}
