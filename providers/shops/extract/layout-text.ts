import { isTag, isText } from 'domhandler';
import type { AnyNode, Element } from 'domhandler';

const DROPPED = new Set(['script', 'style', 'link', 'meta', 'noscript']);
const LINE = new Set(
  (
    'article aside br dd details div dt fieldset figcaption footer form header hr ' + 'legend li main nav table tr'
  ).split(' '),
);
const PARAGRAPH = new Set('blockquote dl figure h1 h2 h3 h4 h5 h6 ol p pre title ul'.split(' '));

/** Pieces of text and breaks written at most. */
const MAX_CHUNKS = 20_000;

interface Writer {
  readonly chunks: string[];
  /** The last text written, or the break after it. */
  last: string | { readonly lines: 1 | 2 };
}

type Step = { readonly open: AnyNode } | { readonly close: string };

/**
 * Text of an element as a reader sees it: blocks on their own lines, paragraphs apart, no space before punctuation.
 * The same rules as the text of microdata properties in the reference reader.
 */
export function layoutText(element: Element): string {
  const writer: Writer = { chunks: [], last: { lines: 2 } };
  const steps: Step[] = [];
  const pushChildren = (parent: Element) => {
    for (let at = parent.children.length - 1; at >= 0; at -= 1) {
      const child = parent.children[at];
      if (child !== undefined) steps.push({ open: child });
    }
  };
  pushChildren(element);
  for (let step = steps.pop(); step !== undefined && writer.chunks.length < MAX_CHUNKS; step = steps.pop()) {
    if ('close' in step) {
      breakLine(writer, step.close);
    } else if (isText(step.open)) {
      writeText(writer, step.open.data);
    } else if (isTag(step.open) && !DROPPED.has(step.open.name)) {
      breakLine(writer, step.open.name);
      steps.push({ close: step.open.name });
      pushChildren(step.open);
    }
  }
  return writer.chunks.join('').trim();
}

function writeText(writer: Writer, raw: string): void {
  const text = raw.replace(/\s+/g, ' ').trim();
  if (text === '') return;
  if (typeof writer.last === 'string' && needsSpace(writer.last, text)) writer.chunks.push(' ');
  writer.chunks.push(text);
  writer.last = text;
}

function needsSpace(before: string, after: string): boolean {
  return !/^[,:;.!?")]/.test(after) && !before.endsWith('(');
}

function breakLine(writer: Writer, tag: string): void {
  const lines = typeof writer.last === 'string' ? 0 : writer.last.lines;
  if (lines === 2) return;
  if (PARAGRAPH.has(tag)) {
    writer.chunks.push(lines === 1 ? '\n' : '\n\n');
    writer.last = { lines: 2 };
  } else if (LINE.has(tag) && lines === 0) {
    writer.chunks.push('\n');
    writer.last = { lines: 1 };
  }
}
