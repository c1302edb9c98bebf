/**
 * A button under a message. `press` comes back as its data (`buttonData`), at most 64 bytes; `location` asks where the person is:
 * in Telegram it takes the place of the person's own keyboard, where a `press` beside it comes back as its text and a `link` is left out.
 */
export type Button =
  | { readonly kind: 'press'; readonly text: string; readonly data: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  | { readonly kind: 'location'; readonly text: string };

/** Rows of buttons. */
export type Keyboard = readonly (readonly Button[])[];
