import { randomInt, randomUUID } from 'node:crypto';
import { insertDrop } from '../../db/repositories/drops.ts';
import { writeLedger } from '../../db/repositories/gift-ledger.ts';
import type { StarGift } from '../../domain/stargifts/star-gift.ts';
import { aGift } from '../support/gift-plans.ts';
import { readEvents, type StreamEvent } from './event-stream.ts';
import { addOwned } from './owned.ts';
import type { Person } from './people.ts';
import type { TestApi } from './support.ts';

const freshId = (): string => String(randomInt(1, 2 ** 47));

/** Puts a gift into the user's ledger as a first poll does. */
export async function putGift(api: TestApi, userId: string, part: Partial<StarGift> = {}): Promise<string> {
  const gift = aGift(freshId(), part);
  const changed = [{ gift, appearedAt: Date.now(), locks: {} }];
  await writeLedger(api.em(), { userId, changed, changes: [], baseline: false });
  return gift.id;
}

/** An account of the user with so many Stars. */
export async function addAccount(api: TestApi, userId: string, stars: number): Promise<string> {
  const id = await addOwned(api, userId, 'accounts');
  await api.em().execute('update telegram_account set stars = ? where id = ?', [stars, id]);
  return id;
}

/** A drop of so many copies of one gift, nothing of it bought yet; ids of the drop and of its gift. */
export async function addDrop(api: TestApi, userId: string, copies: number): Promise<{ id: string; giftId: string }> {
  const [id, giftId, accountId] = [randomUUID(), freshId(), await addAccount(api, userId, 1000)];
  const skip = { giftId: '5', reason: 'above_max_price', nearest: null } as const;
  const plan = {
    gifts: [aGift(giftId), aGift('5', { priceStars: 90 })],
    accounts: [{ accountId, balanceStars: 1000, terms: null }],
    targets: ['-1001234567890'],
    skips: [skip],
    deferred: [],
  };
  const operation = { accountId, giftId, target: '-1001234567890', priceStars: 10, supply: 1000 };
  const operations = Array.from({ length: copies }, () => operation);
  await insertDrop(api.em(), { id, userId, kind: 'release', seed: 'seed', plan, operations });
  return { id, giftId };
}

/** Decides a purchase as its account does. */
export async function decide(
  api: TestApi,
  { dropId, seq, state }: { readonly dropId: string; readonly seq: number; readonly state: 'PAID' | 'REJECTED' },
): Promise<void> {
  await api
    .em()
    .execute(
      'update purchase set state = ?, code = ?, form_at = clock_timestamp(), decided_at = clock_timestamp() where drop_id = ? and seq = ?',
      [state, state === 'PAID' ? null : 'STARGIFT_USAGE_LIMITED', dropId, seq],
    );
}

/** An open stream of events that is read one by one. */
export interface OpenStream {
  next(): Promise<StreamEvent>;
  leave(): void;
}

/** Opens a stream and reads its first event, `open`. */
export async function openStream(
  api: TestApi,
  path: string,
  { person, after }: { readonly person: Person; readonly after?: string },
): Promise<OpenStream & { readonly from: string }> {
  const leave = new AbortController();
  const headers = { ...person.headers, ...(after !== undefined && { 'last-event-id': after }) };
  const events = readEvents(await fetch(`${api.url}${path}`, { headers, signal: leave.signal }));
  const next = async (): Promise<StreamEvent> => {
    const { value, done } = await events.next();
    if (done === true) throw new Error('the stream has ended');
    return value;
  };
  const first = await next();
  if (first.event !== 'open') throw new Error(`the stream began with ${first.event}`);
  return {
    next,
    from: first.id,
    leave: () => {
      leave.abort();
    },
  };
}
