import { MESSAGE_LIMIT, splitMessages } from './message-split.ts';
import type { OutboxPayload } from './outbox-message.ts';

/** Telegram's for what stands under a picture or a file is 1,024, MAX's is that of any text. */
const CAPTION_LIMIT = 1_000;

/** As many messages as the messengers' limits take (4,096 and 4,000 characters, 1,024 under a picture); the keyboard stands under the last. */
export function splitPayload(payload: OutboxPayload): OutboxPayload[] {
  switch (payload.kind) {
    case 'text':
      return inParts(payload);
    case 'edit':
      return editInParts(payload);
    case 'picture':
    case 'file':
      return captioned(payload);
    case 'sticker':
    case 'answer':
      return [payload];
  }
}

function editInParts({ keyboard, ...edit }: Extract<OutboxPayload, { readonly kind: 'edit' }>): OutboxPayload[] {
  const [html = '', ...rest] = splitHtml(edit.html);
  if (rest.length === 0) return [{ ...edit, ...under(keyboard) }];
  return [{ ...edit, html }, ...inParts({ kind: 'text', html: rest.join('\n'), silent: true, ...under(keyboard) })];
}

function captioned(payload: Extract<OutboxPayload, { readonly kind: 'picture' | 'file' }>): OutboxPayload[] {
  const { html, silent } = payload;
  if (html.length <= CAPTION_LIMIT) return [payload];
  if (payload.kind === 'file') return [{ ...payload, html: '' }, ...inParts({ kind: 'text', html, silent })];
  const { keyboard, ...picture } = payload;
  return [{ ...picture, html: '' }, ...inParts({ kind: 'text', html, silent, ...under(keyboard) })];
}

type Text = Extract<OutboxPayload, { readonly kind: 'text' }>;

const under = (keyboard: Text['keyboard']): Pick<Text, 'keyboard'> => (keyboard === undefined ? {} : { keyboard });

function inParts({ keyboard, ...text }: Text): OutboxPayload[] {
  const parts = splitHtml(text.html);
  return parts.map((html, place) => ({ ...text, html, ...(place === parts.length - 1 && under(keyboard)) }));
}

/** Cuts HTML at its lines; what a cut leaves open is closed before it and opened again after it. */
export function splitHtml(html: string, limit = MESSAGE_LIMIT): string[] {
  if (html.length <= limit) return [html];
  let open: readonly string[] = [];
  return splitMessages(html.split('\n'), limit)
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const before = open;
      open = openAfter(part, before);
      const closing = open.map((tag) => `</${nameOf(tag)}>`).reverse();
      return [...before, part, ...closing].join('');
    });
}

const TAG = /<(\/?)([a-z][a-z\d-]*)[^>]*>/gi;
const nameOf = (tag: string): string => /[a-z][a-z\d-]*/i.exec(tag)?.[0] ?? '';

/** The tags, as written, that are open at the end of a part that begins with these open. */
function openAfter(part: string, before: readonly string[]): readonly string[] {
  const open = [...before];
  for (const [tag, slash] of part.matchAll(TAG)) {
    if (slash === '') open.push(tag);
    else open.pop();
  }
  return open;
}
