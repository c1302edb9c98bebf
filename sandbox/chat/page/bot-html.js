import { element } from './element.js';

/** Tags of the messengers, and what they are on a page. */
const TAGS = {
  ...{ B: 'b', STRONG: 'b', I: 'i', EM: 'i', U: 'u', INS: 'u', S: 's', STRIKE: 's', DEL: 's' },
  ...{ CODE: 'code', PRE: 'pre', BLOCKQUOTE: 'blockquote', MARK: 'mark', SPAN: 'span', 'TG-SPOILER': 'span' },
  ...{ H1: 'b', H2: 'b', H3: 'b', H4: 'b', H5: 'b', H6: 'b' },
};

/** What a bot wrote as nodes of this page: known tags alone, and no attribute but a link's address. */
export function fromHtml(html) {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  return [...body.childNodes].map(copy);
}

function copy(node) {
  if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.data);
  if (node.nodeType !== Node.ELEMENT_NODE) return document.createTextNode('');
  const children = [...node.childNodes].map(copy);
  const href = node.getAttribute('href') ?? '';
  if (node.tagName === 'A' && /^https?:\/\//i.test(href))
    return element('a', { href, target: '_blank', rel: 'noreferrer' }, ...children);
  const known = TAGS[node.tagName];
  if (known !== undefined) return element(known, {}, ...children);
  const fragment = document.createDocumentFragment();
  fragment.append(...children);
  return fragment;
}
