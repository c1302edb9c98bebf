import { channelObject, channelOf, companions, targetKey, targetOf, userObject, userOf } from '../peers.ts';
import type { Channel } from '../state/records.ts';
import { objectField, objectsField, textField } from '../tl/value.ts';
import { refuse, seconds, type MethodContext, type Methods } from './method.ts';

function getUsers({ dc, request, user }: MethodContext) {
  const viewer = user();
  return objectsField(request, 'id').map((input) => userObject(dc, viewer, userOf(dc, viewer, input)));
}

function getFullUser({ dc, request, user }: MethodContext) {
  const viewer = user();
  const subject = userOf(dc, viewer, objectField(request, 'id'));
  return {
    _: 'users.userFull',
    full_user: {
      _: 'userFull',
      id: subject.id,
      settings: { _: 'peerSettings' },
      notify_settings: { _: 'peerNotifySettings' },
      common_chats_count: 0,
    },
    chats: [],
    users: [userObject(dc, viewer, subject)],
  };
}

function resolveUsername({ dc, request, user }: MethodContext) {
  const viewer = user();
  const name = textField(request, 'username').toLowerCase();
  if (!/^[a-z]\w{3,31}$/.test(name)) refuse(400, 'USERNAME_INVALID');
  const isNamed = ({ username }: { readonly username: string | null }) => username?.toLowerCase() === name;
  const channel = dc.store.channels.find(isNamed);
  if (channel !== undefined) {
    const peer = { _: 'peerChannel', channel_id: channel.id };
    return { _: 'contacts.resolvedPeer', peer, ...companions(dc, viewer, [`channel:${channel.id}`]) };
  }
  const found = dc.store.users.find(isNamed) ?? refuse(400, 'USERNAME_NOT_OCCUPIED');
  const peer = { _: 'peerUser', user_id: found.id };
  return { _: 'contacts.resolvedPeer', peer, ...companions(dc, viewer, [`user:${found.id}`]) };
}

function getChannels({ dc, request, user }: MethodContext) {
  const viewer = user();
  const channels = objectsField(request, 'id').map((input) => channelOf(dc, viewer, input));
  return { _: 'messages.chats', chats: channels.map((channel) => channelObject(dc, viewer, channel)) };
}

function getFullChannel({ dc, request, user }: MethodContext) {
  const viewer = user();
  const channel = channelOf(dc, viewer, objectField(request, 'channel'));
  const giftCount = dc.store.savedGifts.all().filter(({ peer }) => peer === `channel:${channel.id}`).length;
  return {
    _: 'messages.chatFull',
    full_chat: {
      _: 'channelFull',
      id: channel.id,
      about: '',
      stargifts_available: channel.takesGifts,
      stargifts_count: giftCount,
      participants_count: channel.memberIds.length,
      read_inbox_max_id: 0,
      read_outbox_max_id: 0,
      unread_count: 0,
      chat_photo: { _: 'photoEmpty', id: 0 },
      notify_settings: { _: 'peerNotifySettings' },
      bot_info: [],
      pts: 1,
    },
    ...companions(dc, viewer, [`channel:${channel.id}`]),
  };
}

function getParticipant({ dc, request, user }: MethodContext) {
  const viewer = user();
  const channel = channelOf(dc, viewer, objectField(request, 'channel'));
  const who = targetOf(dc, viewer, objectField(request, 'participant'));
  if (who.kind !== 'user' || !dc.isMember(who.user, channel)) refuse(400, 'USER_NOT_PARTICIPANT');
  const isSelf = who.user.id === viewer.id;
  const date = seconds(dc.now());
  const participant = isSelf
    ? { _: 'channelParticipantSelf', user_id: viewer.id, inviter_id: viewer.id, date }
    : { _: 'channelParticipant', user_id: who.user.id, date };
  const named = companions(dc, viewer, [`channel:${channel.id}`, targetKey(who)]);
  return { _: 'channels.channelParticipant', participant, ...named };
}

/** The channels that the account is a member of, all at once, without messages. */
function getDialogs({ dc, user }: MethodContext) {
  const viewer = user();
  const channels = dc.store.channels.all().filter((channel) => dc.isMember(viewer, channel));
  const named = companions(dc, viewer, [...channels.map(({ id }) => `channel:${id}`), `user:${viewer.id}`]);
  return { _: 'messages.dialogs', dialogs: channels.map((channel) => dialogOf(channel)), messages: [], ...named };
}

function dialogOf({ id }: Channel) {
  return {
    _: 'dialog',
    peer: { _: 'peerChannel', channel_id: id },
    top_message: 0,
    read_inbox_max_id: 0,
    read_outbox_max_id: 0,
    unread_count: 0,
    unread_mentions_count: 0,
    unread_reactions_count: 0,
    unread_poll_votes_count: 0,
    notify_settings: { _: 'peerNotifySettings' },
  };
}

/** Users and channels. */
export const peopleMethods: Methods = {
  'users.getUsers': getUsers,
  'users.getFullUser': getFullUser,
  'contacts.resolveUsername': resolveUsername,
  'channels.getChannels': getChannels,
  'channels.getFullChannel': getFullChannel,
  'channels.getParticipant': getParticipant,
  'messages.getDialogs': getDialogs,
};
