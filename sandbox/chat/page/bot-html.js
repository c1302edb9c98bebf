import { element } from './element.js';

/** Tags of the messengers, and what they are on a page. */
const TAGS = {
  ...{ B: 'b', STRONG: 'b', I: 'i', EM: 'i', U: 'u', INS: 'u', S: 's', STRIKE: 's', DEL: 's' },
  ...{ CODE: 'code', PRE: 'pre', BLOCKQUOTE: 'blockquote', MARK: 'mark', SPAN: 'span', 'TG-SPOILER': 'span' },
  ...{ H1: 'b', H2: 'b', H3: 'b', H4: 'b', H5: 'b', H6: 'b' },
};
/** Messengers make links of addresses in a text. */
const ADDRESS = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)»]/g;

/** What a bot wrote as nodes of this page: known tags alone, and no attribute but a link's address. */
export function fromHtml(html) {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  return [...body.childNodes].map((node) => copy(node, false));
}

/** A plain text, with its addresses as links. */
export const fromText = (text) => [linked(text)];

function copy(node, isInLink) {
  if (node.nodeType === Node.TEXT_NODE) return isInLink ? document.createTextNode(node.data) : linked(node.data);
  if (node.nodeType !== Node.ELEMENT_NODE) return document.createTextNode('');
  const href = node.getAttribute('href') ?? '';
  const isLink = node.tagName === 'A' && /^https?:\/\//i.test(href);
  const children = [...node.childNodes].map((child) => copy(child, isInLink || isLink));
  if (isLink) return link(href, ...children);
  const known = TAGS[node.tagName];
  return known === undefined ? fragment(children) : element(known, {}, ...children);
}

const link = (href, ...children) => element('a', { href, target: '_blank', rel: 'noreferrer' }, ...children);

function linked(text) {
  const parts = [];
  let end = 0;
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    parts.push(document.createTextNode(text.slice(end, index)), link(address, address));
    end = index + address.length;
  }
  return fragment([...parts, document.createTextNode(text.slice(end))]);
}

function fragment(children) {
  const made = document.createDocumentFragment();
  made.append(...children);
  return made;
}
