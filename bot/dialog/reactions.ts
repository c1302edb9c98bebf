import type { Button, Keyboard } from '../../domain/shared/keyboard.ts';
import { buttonData } from '../../domain/agenda/button-data.ts';
import { NOTHING_AWAITED, type DialogState, type Reaction } from './dialog.ts';

/** Says something; what was awaited still is. */
export const say = (html: string, keyboard?: Keyboard): Reaction => ({
  replies: [{ kind: 'say', html, ...(keyboard !== undefined && { keyboard }) }],
  state: null,
});

/** Puts something in the place of the message whose button was pressed; what was awaited still is. */
export const change = (html: string, keyboard?: Keyboard): Reaction => ({
  replies: [{ kind: 'change', html, ...(keyboard !== undefined && { keyboard }) }],
  state: null,
});

/** The same, and nothing is awaited any more. */
export const done = (reaction: Reaction): Reaction => ({ ...reaction, state: NOTHING_AWAITED });

/** The same, and an answer is awaited. */
export const awaiting = (reaction: Reaction, name: string, data: DialogState['data'] = {}): Reaction => ({
  ...reaction,
  state: { awaiting: name, data },
});

/** Only a word over the pressed button. */
export const toast = (text: string): Reaction => ({ replies: [], state: null, toast: text });

/** A button that comes back as its action and what it is about. */
export const press = (text: string, action: string, ...args: readonly string[]): Button => ({
  kind: 'press',
  text,
  data: buttonData(action, ...args),
});
