import type { BotApiContext } from './context.ts';
import { botUser, chatOf, messageOf } from './message-object.ts';
import { Refusal } from './refusal.ts';
import type { ParametersOf } from './schemas.ts';
import type { ChatMessage } from './state.ts';
import { MAX_CAPTION, readMessage, readText } from './text.ts';

export const getMe = ({ bot }: BotApiContext) => ({
  ...botUser(bot),
  ...{ can_join_groups: true, can_read_all_group_messages: false, supports_inline_queries: false },
});

export function sendMessage(context: BotApiContext, parameters: ParametersOf<'sendMessage'>) {
  const { bot, sandbox } = context;
  const { text: source, parse_mode: mode, disable_notification: silent = false } = parameters;
  const stored = sandbox.store.add({
    ...{ bot, chatId: parameters.chat_id, kind: 'text', silent, markup: parameters.reply_markup ?? null },
    ...{ text: readMessage(context, { source, mode }), source, html: mode === 'HTML' },
  });
  return messageOf(stored, botUser(bot));
}

export function sendLocation({ bot, sandbox }: BotApiContext, parameters: ParametersOf<'sendLocation'>) {
  const { latitude, longitude, disable_notification: silent = false } = parameters;
  const stored = sandbox.store.add({
    ...{ bot, chatId: parameters.chat_id, kind: 'location', silent },
    ...{ location: { latitude, longitude }, markup: parameters.reply_markup ?? null },
  });
  return messageOf(stored, botUser(bot));
}

export function editMessageText(context: BotApiContext, parameters: ParametersOf<'editMessageText'>) {
  const { text: source, parse_mode: mode } = parameters;
  const text = readMessage(context, { source, mode });
  return edit(context, parameters, (found) => {
    if (found.kind !== 'text') throw new Refusal(400, 'Bad Request: there is no text in the message to edit');
    return { text, source, html: mode === 'HTML' };
  });
}

export function editMessageCaption(context: BotApiContext, parameters: ParametersOf<'editMessageCaption'>) {
  const { caption: source = '', parse_mode: mode } = parameters;
  const text = readText(context, { source, mode, max: MAX_CAPTION });
  return edit(context, parameters, (found) => {
    if (found.file === null) throw new Refusal(400, 'Bad Request: there is no caption in the message to edit');
    return { text, source, html: mode === 'HTML' };
  });
}

export const editMessageReplyMarkup = (context: BotApiContext, parameters: ParametersOf<'editMessageReplyMarkup'>) =>
  edit(context, parameters, ({ text, source, html }) => ({ text, source, html }));

const NOT_MODIFIED =
  'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

/** An edit without buttons takes them away. @throws Refusal */
function edit(
  { bot, sandbox }: BotApiContext,
  { chat_id: chatId, message_id: messageId, reply_markup: keyboard }: ParametersOf<'editMessageReplyMarkup'>,
  change: (found: ChatMessage) => Pick<ChatMessage, 'text' | 'source' | 'html'>,
) {
  const markup = keyboard ?? null;
  const found = sandbox.store.find({ bot, chatId, messageId });
  if (found === null) throw new Refusal(400, 'Bad Request: message to edit not found');
  if (found.from === 'person') throw new Refusal(400, "Bad Request: message can't be edited");
  const changed = change(found);
  const isSame =
    found.source === changed.source &&
    found.html === changed.html &&
    JSON.stringify(found.markup) === JSON.stringify(markup);
  if (isSame) throw new Refusal(400, NOT_MODIFIED);
  const edits = [...found.edits, { text: found.text, at: Date.now() }];
  const edited = { ...found, ...changed, markup, edits };
  sandbox.store.put(edited);
  return messageOf(edited, botUser(bot));
}

export function deleteMessage({ bot, sandbox }: BotApiContext, parameters: ParametersOf<'deleteMessage'>) {
  const { store } = sandbox;
  const found = store.find({ bot, chatId: parameters.chat_id, messageId: parameters.message_id });
  if (found === null) throw new Refusal(400, 'Bad Request: message to delete not found');
  store.put({ ...found, deleted: true });
  return true;
}

export const getChat = (_: BotApiContext, { chat_id: chatId }: ParametersOf<'getChat'>) => ({
  ...chatOf(chatId),
  ...{ accent_color_id: 0, max_reaction_count: 0, accepted_gift_types: {} },
});
