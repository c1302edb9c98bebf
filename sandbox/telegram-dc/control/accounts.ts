import { randomBytes } from 'node:crypto';
import { authKeyId } from '../crypto/message-key.ts';
import type { Datacentre } from '../datacentre.ts';
import { transactionOf } from '../gifts/sales.ts';
import { DC_ID } from '../methods/help.ts';
import type { Channel, User } from '../state/records.ts';
import type { AccountCommands } from './command-types.ts';
import { ControlError } from './control-error.ts';

/** By Telegram id or phone. @throws ControlError when there is none */
export function findUser(dc: Datacentre, account: string): User {
  const user = dc.store.users.get(account) ?? dc.userByPhone(account);
  if (user === undefined) throw new ControlError(`no account ${account}`);
  return user;
}

const FIRST_USER_ID = 7_100_000_000;
const FIRST_CHANNEL_ID = 2_100_000_000;

function newUser(dc: Datacentre, phone: string): User {
  const number = dc.store.nextId();
  return {
    id: String(FIRST_USER_ID + number),
    phone: phone.replace(/\D/g, ''),
    firstName: `Account ${number}`,
    username: null,
    password: null,
    passwordHint: null,
    isPremium: false,
    premiumUntil: null,
    balance: 0,
    state: 'active',
  };
}

/** The user with these fields; a change of the balance is a transaction. */
function saveUser(dc: Datacentre, user: User, balanceBefore: number): User {
  const difference = user.balance - balanceBefore;
  const entries = difference === 0 ? [] : [transactionOf(dc, user, { stars: difference, form: null })];
  dc.store.commit([dc.store.users.put(user), ...entries]);
  return user;
}

function newChannel(dc: Datacentre): Channel {
  return {
    id: String(FIRST_CHANNEL_ID + dc.store.nextId()),
    title: '',
    username: null,
    takesGifts: true,
    memberIds: [],
  };
}

/** Fields that were given, the rest as it was. */
function merged<T extends object>(before: T, given: { readonly [K in keyof T]?: T[K] | undefined }): T {
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { ...before, ...set };
}

/** Users, sign-in, channels. */
export function accountCommands(dc: Datacentre): AccountCommands {
  const membersOf = (members: readonly string[] | undefined) => members?.map((member) => findUser(dc, member).id);
  return {
    addUser: ({ phone, ...fields }) => {
      if (dc.userByPhone(phone) !== undefined) throw new ControlError(`${phone} has an account`);
      return saveUser(dc, merged(newUser(dc, phone), fields), 0);
    },
    changeUser: ({ account, ...fields }) => {
      const user = findUser(dc, account);
      return saveUser(dc, merged(user, fields), user.balance);
    },
    users: () => dc.store.users.all(),
    codes: ({ account }) => {
      const { phone } = findUser(dc, account);
      return dc.store.codes
        .all()
        .filter((code) => code.phone === phone)
        .toReversed();
    },
    revoke: ({ account, error }) => {
      const { id } = findUser(dc, account);
      const keys = dc.store.authKeys.all().filter(({ userId }) => userId === id);
      dc.store.commit(keys.map((key) => dc.store.authKeys.put({ ...key, userId: null, end: error })));
      return { sessions: keys.length };
    },
    addAuthKey: ({ account }) => {
      const user = findUser(dc, account);
      const key = randomBytes(256);
      const id = authKeyId(key);
      const record = {
        id,
        key: key.toString('hex'),
        userId: user.id,
        pendingUserId: null,
        end: null,
        createdAt: dc.now(),
      };
      dc.store.commit([dc.store.authKeys.put(record)]);
      return { dcId: DC_ID, userId: user.id, isPremium: user.isPremium, authKey: record.key };
    },
    addChannel: ({ members, ...fields }) => {
      const channel = merged(newChannel(dc), { ...fields, memberIds: membersOf(members) });
      dc.store.commit([dc.store.channels.put(channel)]);
      return channel;
    },
    changeChannel: ({ id, members, ...fields }) => {
      const before = dc.store.channels.get(id);
      if (before === undefined) throw new ControlError(`no channel ${id}`);
      const channel = merged(before, { ...fields, memberIds: membersOf(members) });
      dc.store.commit([dc.store.channels.put(channel)]);
      return channel;
    },
    channels: () => dc.store.channels.all(),
  };
}
