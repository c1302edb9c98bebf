import { createHmac, randomBytes } from 'node:crypto';
import { readServerKey, type ServerKey } from './crypto/server-key.ts';
import { OtherBuyers } from './gifts/other-buyers.ts';
import { RpcRefusal } from './mtproto/rpc.ts';
import { PasswordChecks } from './passwords.ts';
import type { AuthKey, Channel, Transaction, User } from './state/records.ts';
import { Store } from './state/store.ts';

/** State of the datacentre with what every part of it needs to read it. */
export class Datacentre {
  readonly store: Store;
  readonly serverKey: ServerKey;
  readonly passwords: PasswordChecks;
  readonly otherBuyers = new OtherBuyers(this);
  /** Where its clients reach it. */
  port = 0;

  constructor(directory: string | null) {
    this.store = new Store(directory);
    this.serverKey = readServerKey(this.store.settings.privateKey);
    this.passwords = new PasswordChecks(this.store.settings.secret);
  }

  /** Epoch ms by the datacentre's own clock, which tests set forward. */
  now(): number {
    return Date.now() + this.store.settings.clockOffsetMs;
  }

  /** @throws Error when there is no such user */
  user(id: string): User {
    const user = this.store.users.get(id);
    if (user === undefined) throw new Error(`no user ${id}`);
    return user;
  }

  userByPhone(phone: string): User | undefined {
    const digits = phone.replace(/\D/g, '');
    return this.store.users.find((user) => user.phone === digits);
  }

  /** Of one account, oldest first. */
  transactionsOf(userId: string): Transaction[] {
    return this.store.transactions.all().filter((transaction) => transaction.userId === userId);
  }

  /** What an account must say together with a channel's or user's id; each account has its own. */
  accessHash(viewer: User, peer: string): bigint {
    return createHmac('sha256', this.store.settings.secret).update(`${viewer.id} ${peer}`).digest().readBigInt64LE(0);
  }

  isMember(user: User, channel: Channel): boolean {
    return channel.memberIds.includes(user.id);
  }

  addAuthKey(id: string, key: Buffer): void {
    const record: AuthKey = {
      id,
      key: key.toString('hex'),
      userId: null,
      pendingUserId: null,
      end: null,
      createdAt: this.now(),
    };
    this.store.commit([this.store.authKeys.put(record)]);
  }

  /** Two clients used the key at once: counted, and the key is of no use any more. */
  endDuplicated(id: string): void {
    const key = this.store.authKeys.get(id);
    if (key === undefined) return;
    this.store.increase('duplicatedKeys');
    this.store.commit([this.store.authKeys.put({ ...key, userId: null, end: 'AUTH_KEY_DUPLICATED' })]);
  }

  /** @throws RpcRefusal 401 when the key ended or nobody is logged in with it */
  userOf(key: AuthKey): User {
    if (key.userId === null)
      throw new RpcRefusal(401, key.pendingUserId === null ? 'AUTH_KEY_UNREGISTERED' : 'SESSION_PASSWORD_NEEDED');
    const user = this.user(key.userId);
    if (user.state === 'banned') throw new RpcRefusal(401, 'USER_DEACTIVATED_BAN');
    return user;
  }

  /** Eight random bytes, positive, in decimal. */
  randomId(): string {
    return (randomBytes(8).readBigUInt64LE(0) >> 1n).toString();
  }
}
