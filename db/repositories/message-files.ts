import { createHash } from 'node:crypto';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { DomainError } from '../../domain/shared/errors.ts';

/** Telegram takes pictures of up to 10 MB. */
const MAX_BYTES = 10_000_000;
/** Longer than any message waits in the outbox. */
const KEPT_DAYS = 3;

/** Keeps what a message carries, for some days, and returns its content hash; safe to repeat. @throws DomainError file-too-large over 10 MB */
export async function keepMessageFile(em: SqlEntityManager, bytes: Uint8Array): Promise<string> {
  if (bytes.length > MAX_BYTES)
    throw new DomainError('file-too-large', `a file of ${bytes.length} bytes, at most 10 MB`);
  const contentHash = createHash('sha256').update(bytes).digest('hex');
  await em.execute(
    `insert into message_file (content_hash, bytes) values (?, ?)
     on conflict (content_hash) do update set created_at = clock_timestamp()`,
    [contentHash, Buffer.from(bytes)],
  );
  return contentHash;
}

/** The bytes of a kept file, or null. */
export async function messageFileBytes(em: SqlEntityManager, contentHash: string): Promise<Buffer | null> {
  const [row] = await em.execute<{ bytes: Buffer }[]>('select bytes from message_file where content_hash = ?', [
    contentHash,
  ]);
  return row?.bytes ?? null;
}

/** Deletes the files that no message can want any more. */
export async function purgeMessageFiles(em: SqlEntityManager): Promise<void> {
  await em.execute(`delete from message_file where created_at < clock_timestamp() - ? * interval '1 day'`, [KEPT_DAYS]);
}
