import { createHash } from 'node:crypto';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { DomainError } from '../../domain/shared/errors.ts';
import { MAX_TGS_BYTES } from '../tgs.ts';

/** Keeps a .tgs file and returns its content hash; safe to repeat. @throws DomainError sticker-too-large */
export async function keepSticker(em: SqlEntityManager, bytes: Buffer): Promise<string> {
  if (bytes.length > MAX_TGS_BYTES) throw new DomainError('sticker-too-large', `a sticker of ${bytes.length} bytes`);
  const contentHash = createHash('sha256').update(bytes).digest('hex');
  await em.execute('insert into sticker_file (content_hash, bytes) values (?, ?) on conflict do nothing', [
    contentHash,
    bytes,
  ]);
  return contentHash;
}

/** The bytes of a kept sticker, or null. */
export async function stickerBytes(em: SqlEntityManager, contentHash: string): Promise<Buffer | null> {
  const [row] = await em.execute<{ bytes: Buffer }[]>('select bytes from sticker_file where content_hash = ?', [
    contentHash,
  ]);
  return row?.bytes ?? null;
}

interface StickerAtBotKey {
  readonly contentHash: string;
  /** Decimal. */
  readonly botId: string;
}

/** The file id under which this bot sends the sticker again, or null. */
export async function stickerFileId(
  em: SqlEntityManager,
  { contentHash, botId }: StickerAtBotKey,
): Promise<string | null> {
  const [row] = await em.execute<{ fileId: string }[]>(
    'select file_id as "fileId" from sticker_at_bot where content_hash = ? and bot_id = ?',
    [contentHash, botId],
  );
  return row?.fileId ?? null;
}

/** Remembers a file id that the bot got, or, with null, forgets one that the messenger no longer knows. */
export async function putStickerFileId(
  em: SqlEntityManager,
  { contentHash, botId, fileId }: StickerAtBotKey & { readonly fileId: string | null },
): Promise<void> {
  if (fileId === null)
    await em.execute('delete from sticker_at_bot where content_hash = ? and bot_id = ?', [contentHash, botId]);
  else
    await em.execute(
      `insert into sticker_at_bot (content_hash, bot_id, file_id) values (?, ?, ?)
       on conflict (content_hash, bot_id) do update set file_id = excluded.file_id`,
      [contentHash, botId, fileId],
    );
}
