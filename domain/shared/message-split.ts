/** Below Telegram's 4,096 UTF-16 units, with room for what an editor of the message may add. */
export const MESSAGE_LIMIT = 3_800;

const ENTITY = /&[#\w]{0,9}$/;
/** A second half of a pair, a variation selector, a joiner or a combining mark belongs to the character before it. */
const CONTINUES = /^(?:[\uDC00-\uDFFF]|[\uFE00-\uFE0F]|\u200D|\p{M})/u;
const SECOND_HALF = /[\uDC00-\uDFFF]/;
const JOINER = '\u200D';

/** Puts lines together into messages of at most `limit` UTF-16 units; only a line that is longer than that is cut. */
export function splitMessages(lines: readonly string[], limit = MESSAGE_LIMIT): string[] {
  const messages: string[] = [];
  let message: string[] = [];
  let length = 0;
  for (const line of lines) {
    for (const part of line.length > limit ? cutLine(line, limit) : [line]) {
      if (message.length > 0 && length + 1 + part.length > limit) {
        messages.push(message.join('\n'));
        message = [];
      }
      length = message.length === 0 ? part.length : length + 1 + part.length;
      message.push(part);
    }
  }
  if (message.length > 0) messages.push(message.join('\n'));
  return messages;
}

function cutLine(line: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = line;
  while (rest.length > limit) {
    const end = safeCut(rest, limit);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  parts.push(rest);
  return parts;
}

/** How far back a safe place is looked for: more than any emoji of several parts is long. */
const BACK = 40;

/** The last place up to `limit` that is inside neither a character nor an HTML entity nor, as far as possible, a tag. */
function safeCut(text: string, limit: number): number {
  const tag = text.lastIndexOf('<', limit - 1);
  // A `<` of the text itself is an entity.
  if (tag > 0 && tag > text.lastIndexOf('>', limit - 1)) return tag;
  const least = Math.max(1, limit - BACK);
  let end = limit;
  while (end > least && isInside(text, end)) end--;
  if (isInside(text, end)) end = SECOND_HALF.test(text.charAt(limit)) ? limit - 1 : limit;
  const entity = ENTITY.exec(text.slice(Math.max(0, end - 10), end));
  const isOpen = entity !== null && text.slice(end, end + 10).includes(';');
  return isOpen && end > entity[0].length ? end - entity[0].length : Math.max(1, end);
}

const isInside = (text: string, place: number): boolean =>
  text[place - 1] === JOINER || CONTINUES.test(text.slice(place, place + 2));
