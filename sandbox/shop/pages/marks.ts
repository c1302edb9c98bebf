import { esc } from './html.ts';

/** How a template names its parts for machines: microdata, RDFa, or not at all. Every answer starts with a space or is ''. */
export interface Marks {
  /** Attributes of an element that starts an object, under `property` when it belongs to another object. */
  scope(type: string, property?: string): string;
  /** Attribute of an element whose text or address is the value. */
  property(name: string): string;
  /** An invisible element that carries a value of its own. */
  value(name: string, content: string): string;
}

export const NO_MARKS: Marks = { scope: () => '', property: () => '', value: () => '' };

export const MICRODATA: Marks = {
  scope: (type, property) =>
    `${property === undefined ? '' : ` itemprop="${property}"`} itemscope itemtype="https://schema.org/${type}"`,
  property: (name) => ` itemprop="${name}"`,
  value: (name, content) =>
    content.startsWith('https://schema.org/')
      ? `<link itemprop="${name}" href="${content}">`
      : `<meta itemprop="${name}" content="${esc(content)}">`,
};

export const RDFA: Marks = {
  scope: (type, property) =>
    property === undefined
      ? ` vocab="https://schema.org/" typeof="${type}"`
      : ` property="${property}" typeof="${type}"`,
  property: (name) => ` property="${name}"`,
  value: (name, content) =>
    content.startsWith('https://schema.org/')
      ? `<link property="${name}" href="${content}">`
      : `<meta property="${name}" content="${esc(content)}">`,
};
