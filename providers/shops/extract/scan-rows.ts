import { plainText } from './plain-text.ts';

/** A cell's content: text and markup that opens or closes no other cell. */
const CELL = String.raw`((?:[^<]|<(?!\/?(?:t[dhr]|d[dtl]|table)\b)[^<>]{0,300}>){1,400}?)`;
const tag = (names: string) => String.raw`<${names}\b[^<>]{0,300}>`;
const ROW = new RegExp(
  String.raw`${tag('tr')}\s{0,80}${tag('t[hd]')}${CELL}<\/t[hd]>\s{0,80}${tag('td')}${CELL}<\/td>\s{0,80}<\/tr>|${tag('dt')}${CELL}<\/dt>\s{0,80}${tag('dd')}${CELL}<\/dd>`,
  'gi',
);

/** Rows of two cells and definitions in markup, as name and text, by a scan without a DOM; at most 60. */
export function scanRows(markup: string): readonly (readonly [string, string])[] {
  const rows: (readonly [string, string])[] = [];
  ROW.lastIndex = 0;
  for (let hit = ROW.exec(markup); hit !== null && rows.length < 60; hit = ROW.exec(markup)) {
    rows.push(...rowOf(hit[1] ?? hit[3] ?? '', hit[2] ?? hit[4] ?? ''));
  }
  return rows;
}

function rowOf(label: string, content: string): readonly (readonly [string, string])[] {
  const name = plainText(label).replace(/\s*:$/, '');
  const value = plainText(content);
  const fits = name !== '' && value !== '' && name.length <= 60 && value.length <= 300;
  return fits ? [[name, value]] : [];
}

/** Rows and definitions of any shape in markup, at most 100. */
export function countRows(markup: string): number {
  const row = /<(?:tr|dt)[\s>]/gi;
  let count = 0;
  while (count < 100 && row.exec(markup) !== null) count += 1;
  return count;
}
