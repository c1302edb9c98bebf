import type { tl } from '@mtcute/core';
import type { BaseTelegramClient } from '@mtcute/node';
import { DomainError } from '../../domain/shared/errors.ts';
import { TelegramError } from '../../domain/stargifts/telegram-error.ts';
import { reading } from './telegram-failure.ts';

const TIMEOUT_MS = 15_000;
const MAX_BYTES = 65_536;
/** One part holds any file that is small enough, and shows that a larger one is not. */
const PART_BYTES = 131_072;

/** Where the animations of the gifts lie; Telegram says it in the list, for some hours. */
export class StickerFiles {
  readonly #client: BaseTelegramClient;
  readonly #refresh: () => Promise<void>;
  readonly #files = new Map<string, tl.RawDocument>();

  constructor(client: BaseTelegramClient, refresh: () => Promise<void>) {
    this.#client = client;
    this.#refresh = refresh;
  }

  learn(gifts: readonly tl.RawStarGift[]): void {
    for (const { sticker } of gifts) if (sticker._ === 'document') this.#files.set(sticker.id.toString(), sticker);
  }

  /** @throws DomainError sticker-too-large @throws TelegramError refused when no gift has it */
  async download(stickerId: string): Promise<Buffer> {
    if (!this.#files.has(stickerId)) await this.#refresh();
    try {
      return await this.#fetch(stickerId);
    } catch (err) {
      if (!(err instanceof TelegramError && err.code.startsWith('FILE_REFERENCE_'))) throw err;
      await this.#refresh();
      return await this.#fetch(stickerId);
    }
  }

  async #fetch(stickerId: string): Promise<Buffer> {
    const file = this.#files.get(stickerId);
    if (file === undefined) throw new TelegramError('refused', 'FILE_ID_INVALID');
    if (file.size > MAX_BYTES) throw tooLarge(stickerId);
    const { id, accessHash, fileReference, dcId } = file;
    const location = { _: 'inputDocumentFileLocation', id, accessHash, fileReference, thumbSize: '' } as const;
    const isHere = dcId === (await this.#client.getPrimaryDcId());
    const part = await reading(() =>
      this.#client.call(
        { _: 'upload.getFile', location, offset: 0, limit: PART_BYTES },
        { timeout: TIMEOUT_MS, dcId, kind: isHere ? 'main' : 'downloadSmall' },
      ),
    );
    if (part._ !== 'upload.file') throw new TelegramError('refused', 'CDN_METHOD_INVALID');
    if (part.bytes.length > MAX_BYTES) throw tooLarge(stickerId);
    return Buffer.from(part.bytes);
  }
}

const tooLarge = (stickerId: string) =>
  new DomainError('sticker-too-large', `the animation ${stickerId} is larger than 64 kB`);
