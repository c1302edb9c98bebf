import { filePath } from '../messenger/chat-control.ts';
import type { Person } from '../messenger/conversation.ts';
import type { MaxSandbox } from './sandbox.ts';
import { personKey } from './settings.ts';
import { chatIdOf, type Attachment, type MaxMessage } from './state.ts';
import { tokenOf } from './uploads.ts';

export const botUser = (bot: string) => ({
  ...{ user_id: Number(bot), name: 'Sandbox bot', first_name: 'Sandbox bot', username: `sandbox_${bot}_bot` },
  ...{ is_bot: true, last_activity_time: 0 },
});

export const userOf = ({ id, name }: Person, at: number) => ({
  ...{ user_id: id, name, first_name: name, username: null, is_bot: false, last_activity_time: at },
});

/** A message as the API shows it. */
export function messageOf(sandbox: MaxSandbox, message: MaxMessage) {
  const { bot, person, from, mid, seq, text, at, attachments } = message;
  const known = sandbox.settings.now.people[personKey(bot, person)]?.person;
  const writer = from === 'bot' || known === undefined ? botUser(bot) : userOf(known, at);
  return {
    sender: writer,
    recipient: {
      ...{ chat_id: chatIdOf(person), chat_type: 'dialog', post_id: null },
      user_id: from === 'bot' ? person : Number(bot),
    },
    timestamp: at,
    body: { mid, seq, text, attachments: attachments.map((attachment) => attachmentOf(sandbox.url, attachment)) },
  };
}

function attachmentOf(url: string, attachment: Attachment): object {
  switch (attachment.type) {
    case 'image': {
      const { hash, name } = attachment.file;
      const payload = { photo_id: Number.parseInt(hash.slice(0, 12), 16), token: tokenOf('image', attachment.file) };
      return { type: 'image', payload: { ...payload, url: `${url}${filePath(hash, name)}` } };
    }
    case 'file': {
      const { hash, name, bytes } = attachment.file;
      const payload = { url: `${url}${filePath(hash, name)}`, token: tokenOf('file', attachment.file) };
      return { type: 'file', payload, filename: name, size: bytes };
    }
    case 'inline_keyboard':
      return { type: 'inline_keyboard', payload: { buttons: attachment.buttons } };
    case 'location':
      return attachment;
  }
}
