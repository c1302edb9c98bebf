const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Elements without content or end tag. */
export const VOID_TAGS = words(
  'area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr',
);

/** Elements whose content is text up to their own end tag. */
export const RAW_TAGS = words('script style xmp iframe noembed noframes title textarea');
/** Of those, the ones whose text has character references. */
export const DECODED_TAGS = words('title textarea');

/** Elements of SVG in which HTML stands again. */
export const HTML_IN_SVG = words('foreignobject desc title');

const PARAGRAPH = words('p');
const BLOCKS =
  'address article aside blockquote details dialog div dl fieldset figcaption figure footer form header hgroup hr main menu nav ol p pre section table ul';
const HEADINGS = words('p h1 h2 h3 h4 h5 h6');
const CONTROLS = words('option optgroup select button');

/** For each tag, the open elements that it ends when they are innermost. */
export const IMPLIED_ENDS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...BLOCKS.split(' ').map((tag): [string, ReadonlySet<string>] => [tag, PARAGRAPH]),
  ...'h1 h2 h3 h4 h5 h6'.split(' ').map((tag): [string, ReadonlySet<string>] => [tag, HEADINGS]),
  ...'select input button textarea'.split(' ').map((tag): [string, ReadonlySet<string>] => [tag, CONTROLS]),
  ['a', words('a')],
  ['li', words('li')],
  ['dd', words('dd dt')],
  ['dt', words('dd dt')],
  ['tr', words('tr td th')],
  ['td', words('td th')],
  ['th', words('td th')],
  ['thead', words('caption colgroup')],
  ['tbody', words('thead tbody tr td th')],
  ['tfoot', words('thead tbody tr td th')],
  ['option', words('option')],
  ['optgroup', words('option optgroup')],
  ['rt', words('rt rp')],
  ['rp', words('rt rp')],
  ['body', words('head')],
]);
