import { getMarkedPeerId, Long, type tl } from '@mtcute/core';
import type { BaseTelegramClient } from '@mtcute/node';
import type { GiftTarget } from '../../domain/stargifts/star-gift.ts';
import { TelegramError } from '../../domain/stargifts/telegram-error.ts';
import { reading } from './telegram-failure.ts';

const TIMEOUT_MS = 8_000;
const DIALOGS_PER_PAGE = 100;
/** 2,000 chats: who has more adds the channel by its @name. */
const MAX_PAGES = 20;
/** The list of chats is not read again for every channel that is not in it. */
const LISTED_MS = 10_000;

/** Whom this account can address, and by which access hash: each account has its own. */
export class Peers {
  readonly #client: BaseTelegramClient;
  /** On `performance.now()`'s clock: until then all chats are known. */
  #listedUntil = -Infinity;
  readonly #known = new Map<GiftTarget, tl.TypeInputPeer>();

  constructor(client: BaseTelegramClient) {
    this.#client = client;
  }

  /** @throws TelegramError wrong-target when the account cannot address it */
  async resolve(target: GiftTarget): Promise<tl.TypeInputPeer> {
    const known = this.#known.get(target);
    if (known !== undefined) return known;
    const peer = target.startsWith('@') ? await this.#byName(target.slice(1)) : await this.#byId(Number(target));
    this.#known.set(target, peer);
    return peer;
  }

  /** Learns to address a channel by its id. @throws TelegramError wrong-target */
  async meet(channelId: string, username: string | null): Promise<void> {
    if (this.#known.has(channelId)) return;
    // A public name answers in one call, and for those who are no members, too.
    const peer = username === null ? null : await this.#byName(username).catch(whenUnknown);
    if (peer !== null && String(getMarkedPeerId(peer)) === channelId) this.#known.set(channelId, peer);
    else await this.resolve(channelId);
  }

  /** Forgets what a refusal has shown to be wrong. */
  forget(target: GiftTarget): void {
    this.#known.delete(target);
  }

  async #byName(username: string): Promise<tl.TypeInputPeer> {
    const found = await reading(() =>
      this.#client.call({ _: 'contacts.resolveUsername', username }, { timeout: TIMEOUT_MS }),
    );
    const peer = await this.#client.storage.peers.getById(getMarkedPeerId(found.peer));
    if (peer === null) throw new TelegramError('wrong-target', 'USERNAME_NOT_OCCUPIED');
    return peer;
  }

  async #byId(id: number): Promise<tl.TypeInputPeer> {
    if (!Number.isSafeInteger(id)) throw new TelegramError('wrong-target', 'PEER_ID_INVALID');
    const kept = await this.#client.storage.peers.getById(id);
    if (kept !== null) return kept;
    if (performance.now() < this.#listedUntil) throw unknown(id);
    // Every answer teaches the storage the access hashes in it.
    let page: DialogPage | null = { date: 0, id: 0, peer: { _: 'inputPeerEmpty' } };
    for (let n = 0; n < MAX_PAGES && page !== null; n += 1) {
      page = await this.#nextDialogs(page);
      const peer = await this.#client.storage.peers.getById(id);
      if (peer !== null) return peer;
    }
    this.#listedUntil = performance.now() + LISTED_MS;
    throw unknown(id);
  }

  async #nextDialogs(from: DialogPage): Promise<DialogPage | null> {
    const answer = await reading(() =>
      this.#client.call(
        {
          _: 'messages.getDialogs',
          offsetDate: from.date,
          offsetId: from.id,
          offsetPeer: from.peer,
          limit: DIALOGS_PER_PAGE,
          hash: Long.ZERO,
        },
        { timeout: TIMEOUT_MS },
      ),
    );
    if (answer._ !== 'messages.dialogsSlice' || answer.dialogs.length < DIALOGS_PER_PAGE) return null;
    const last = answer.dialogs.findLast((dialog) => dialog._ === 'dialog');
    if (last === undefined) return null;
    const id = getMarkedPeerId(last.peer);
    const top = answer.messages.find(
      (message) =>
        message._ !== 'messageEmpty' && message.id === last.topMessage && getMarkedPeerId(message.peerId) === id,
    );
    const peer = await this.#client.storage.peers.getById(id);
    if (peer === null || top === undefined || top._ === 'messageEmpty') return null;
    return { date: top.date, id: top.id, peer };
  }
}

const unknown = (id: number) => new TelegramError('wrong-target', id < 0 ? 'CHANNEL_INVALID' : 'PEER_ID_INVALID');

/** A name that nobody has any more; anything else is no answer. */
function whenUnknown(err: unknown): null {
  if (err instanceof TelegramError && err.consequence === 'wrong-target') return null;
  throw err;
}

interface DialogPage {
  /** Epoch s. */
  readonly date: number;
  readonly id: number;
  readonly peer: tl.TypeInputPeer;
}
