import type { InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup } from 'telegraf/types';
import type { Button, Keyboard } from '../../domain/shared/keyboard.ts';

type InlineButton = Exclude<Button, { readonly kind: 'location' }>;

const isInline = (button: Button): button is InlineButton => button.kind !== 'location';

function inlineButton(button: InlineButton): InlineKeyboardButton {
  return button.kind === 'press'
    ? { text: button.text, callback_data: button.data }
    : { text: button.text, url: button.url };
}

/** Buttons under a message; those that ask where the person is cannot stand there. undefined = none. */
export function inlineMarkup(keyboard: Keyboard = []): { reply_markup: InlineKeyboardMarkup } | undefined {
  const rows = keyboard.map((row) => row.filter(isInline).map(inlineButton)).filter((row) => row.length > 0);
  return rows.length === 0 ? undefined : { reply_markup: { inline_keyboard: rows } };
}

/** Buttons in the place of the person's own keyboard: there alone he can be asked where he is. */
function replyMarkup(keyboard: Keyboard): { reply_markup: ReplyKeyboardMarkup } {
  const rows = keyboard.map((row) =>
    row.flatMap((button) => {
      if (button.kind === 'link') return [];
      return [button.kind === 'location' ? { text: button.text, request_location: true as const } : button.text];
    }),
  );
  const shown = rows.filter((row) => row.length > 0);
  return { reply_markup: { keyboard: shown, one_time_keyboard: true, resize_keyboard: true } };
}

/** What stands under a new text, or takes the place of the person's keyboard, or gives it back to him. */
export function textMarkup({
  keyboard = [],
  drops,
}: {
  readonly keyboard?: Keyboard | undefined;
  readonly drops: boolean;
}) {
  if (keyboard.some((row) => row.some((button) => !isInline(button)))) return replyMarkup(keyboard);
  return inlineMarkup(keyboard) ?? (drops ? { reply_markup: { remove_keyboard: true as const } } : {});
}
