import type { Datacentre } from './datacentre.ts';
import { RpcRefusal } from './mtproto/rpc.ts';
import type { Channel, User } from './state/records.ts';
import { longField, type TlObject } from './tl/value.ts';

/** A channel or a person that a request names. */
export type Target =
  { readonly kind: 'channel'; readonly channel: Channel } | { readonly kind: 'user'; readonly user: User };

/** `channel:<id>` or `user:<id>`, as forms, transactions and gifts keep it. */
export function targetKey(target: Target): string {
  return target.kind === 'channel' ? `channel:${target.channel.id}` : `user:${target.user.id}`;
}

/** @throws RpcRefusal CHANNEL_INVALID (unknown, or another account's access hash), CHANNEL_PRIVATE (not a member) */
export function channelOf(dc: Datacentre, viewer: User, input: TlObject): Channel {
  if (input._ !== 'inputChannel' && input._ !== 'inputPeerChannel') throw new RpcRefusal(400, 'CHANNEL_INVALID');
  const channel = dc.store.channels.get(longField(input, 'channel_id').toString());
  if (channel === undefined || dc.accessHash(viewer, `channel:${channel.id}`) !== longField(input, 'access_hash')) {
    throw new RpcRefusal(400, 'CHANNEL_INVALID');
  }
  if (channel.username === null && !dc.isMember(viewer, channel)) throw new RpcRefusal(400, 'CHANNEL_PRIVATE');
  return channel;
}

/** @throws RpcRefusal USER_ID_INVALID (unknown, or another account's access hash) */
export function userOf(dc: Datacentre, viewer: User, input: TlObject): User {
  if (input._ === 'inputUserSelf' || input._ === 'inputPeerSelf') return viewer;
  if (input._ !== 'inputUser' && input._ !== 'inputPeerUser') throw new RpcRefusal(400, 'USER_ID_INVALID');
  const user = dc.store.users.get(longField(input, 'user_id').toString());
  if (user === undefined) throw new RpcRefusal(400, 'USER_ID_INVALID');
  const isHashRight = dc.accessHash(viewer, `user:${user.id}`) === longField(input, 'access_hash');
  if (user.id !== viewer.id && !isHashRight) throw new RpcRefusal(400, 'USER_ID_INVALID');
  return user;
}

/** Receiver of a gift, owner of gifts. @throws RpcRefusal PEER_ID_INVALID, CHANNEL_PRIVATE */
export function targetOf(dc: Datacentre, viewer: User, input: TlObject): Target {
  try {
    if (input._ === 'inputPeerChannel') return { kind: 'channel', channel: channelOf(dc, viewer, input) };
    return { kind: 'user', user: userOf(dc, viewer, input) };
  } catch (error) {
    if (error instanceof RpcRefusal && error.message === 'CHANNEL_PRIVATE') throw error;
    throw new RpcRefusal(400, 'PEER_ID_INVALID');
  }
}

export function userObject(dc: Datacentre, viewer: User, user: User) {
  const isSelf = user.id === viewer.id;
  return {
    _: 'user',
    id: user.id,
    access_hash: dc.accessHash(viewer, `user:${user.id}`),
    self: isSelf,
    contact: isSelf,
    mutual_contact: isSelf,
    premium: user.isPremium,
    first_name: user.firstName,
    username: user.username ?? undefined,
    phone: isSelf ? user.phone : undefined,
  };
}

export function channelObject(dc: Datacentre, viewer: User, channel: Channel) {
  return {
    _: 'channel',
    id: channel.id,
    access_hash: dc.accessHash(viewer, `channel:${channel.id}`),
    left: !dc.isMember(viewer, channel),
    broadcast: true,
    title: channel.title,
    username: channel.username ?? undefined,
    photo: { _: 'chatPhotoEmpty' },
    date: 1_700_000_000,
    participants_count: channel.memberIds.length,
  };
}

/** Peer of a key as `targetKey` makes it. */
export function peerObject(key: string) {
  const [kind, id] = key.split(':');
  return kind === 'channel' ? { _: 'peerChannel', channel_id: id } : { _: 'peerUser', user_id: id };
}

/** The `chats` and `users` that go with an answer that names these keys. */
export function companions(dc: Datacentre, viewer: User, keys: Iterable<string>) {
  const unique = [...new Set(keys)];
  const ids = (kind: string) =>
    unique.filter((key) => key.startsWith(`${kind}:`)).map((key) => key.slice(kind.length + 1));
  const chats = ids('channel')
    .map((id) => dc.store.channels.get(id))
    .filter((channel) => channel !== undefined);
  const users = ids('user')
    .map((id) => dc.store.users.get(id))
    .filter((user) => user !== undefined);
  return {
    chats: chats.map((channel) => channelObject(dc, viewer, channel)),
    users: users.map((user) => userObject(dc, viewer, user)),
  };
}
