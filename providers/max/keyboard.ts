import type { AttachmentRequest, Button as MaxButton } from '@maxhub/max-bot-api/types';
import type { Button, Keyboard } from '../../domain/shared/keyboard.ts';

const MAX_ROWS = 30;
const MAX_IN_ROW = 7;
/** With a button that leads away or asks for something. */
const MAX_IN_WIDE_ROW = 3;
const MAX_TEXT = 128;

/** Buttons under a message, as attachments; rows that are too long for MAX go on in the next one. */
export function keyboardAttachments(keyboard: Keyboard = []): AttachmentRequest[] {
  const buttons = keyboard
    .flatMap(fitting)
    .slice(0, MAX_ROWS)
    .map((row) => row.map(maxButton));
  return buttons.length === 0 ? [] : [{ type: 'inline_keyboard', payload: { buttons } }];
}

function fitting(row: readonly Button[]): (readonly Button[])[] {
  const size = row.some(({ kind }) => kind !== 'press') ? MAX_IN_WIDE_ROW : MAX_IN_ROW;
  const count = Math.ceil(row.length / size);
  return Array.from({ length: count }, (_, part) => row.slice(part * size, (part + 1) * size));
}

function maxButton(button: Button): MaxButton {
  const text = button.text.slice(0, MAX_TEXT);
  switch (button.kind) {
    case 'press':
      return { type: 'callback', text, payload: button.data };
    case 'link':
      return { type: 'link', text, url: button.url };
    case 'location':
      return { type: 'request_geo_location', text, quick: true };
  }
}
