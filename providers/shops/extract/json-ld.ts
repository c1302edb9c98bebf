import { isRecord, parseLenientJson } from './lenient-json.ts';
import type { JsonRecord } from './lenient-json.ts';

const MAX_BLOCK_CHARS = 1_000_000;
const MAX_BLOCKS = 64;
/** How far before the media type the script tag may begin. */
const MAX_TAG_CHARS = 600;

/** The objects of a page's JSON-LD blocks, in page order, found by a scan without a DOM; blocks over 1 MB are left out. */
export function readJsonLd(html: string): readonly JsonRecord[] {
  return jsonLdBlocks(html).flatMap((block) => {
    const parsed = parseLenientJson(block);
    return (Array.isArray(parsed) ? parsed : [parsed]).filter(isRecord).filter((item) => Object.keys(item).length > 0);
  });
}

function jsonLdBlocks(html: string): readonly string[] {
  const blocks: string[] = [];
  const mark = /ld\+json/gi;
  for (let hit = mark.exec(html); hit !== null && blocks.length < MAX_BLOCKS; hit = mark.exec(html)) {
    const block = blockAround(html, hit.index);
    if (block === null) continue;
    mark.lastIndex = block.end;
    if (block.end - block.start <= MAX_BLOCK_CHARS) blocks.push(html.slice(block.start, block.end));
  }
  return blocks;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The content of the script whose opening tag holds position `at`; null when `at` is not inside such a tag. */
function blockAround(html: string, at: number): Span | null {
  const tag = html.slice(Math.max(0, at - MAX_TAG_CHARS), at);
  const opened = Math.max(tag.lastIndexOf('<script'), tag.lastIndexOf('<SCRIPT'));
  if (opened < 0 || tag.includes('>', opened)) return null;
  const start = html.indexOf('>', at) + 1;
  if (start === 0) return null;
  const end = scriptEnd(html, start);
  return end < 0 || isCommentedOut(html, at, end) ? null : { start, end };
}

function scriptEnd(html: string, from: number): number {
  const close = /<\/script/gi;
  close.lastIndex = from;
  return close.exec(html)?.index ?? -1;
}

function isCommentedOut(html: string, at: number, end: number): boolean {
  const opened = html.lastIndexOf('<!--', at);
  if (opened < 0) return false;
  const closed = html.indexOf('-->', opened);
  return closed > end && !html.slice(opened, at).includes('</script');
}
