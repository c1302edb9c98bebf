import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What was sent, by its SHA-256 in hex. */
export interface Files {
  keep(bytes: Buffer): string;
  read(hash: string): Buffer | null;
}

/** With a folder the files survive a restart. */
export function createFiles(folder: string | null): Files {
  const files = new Map<string, Buffer>();
  const place = folder === null ? null : join(folder, 'files');
  if (place !== null) mkdirSync(place, { recursive: true });
  return {
    keep(bytes) {
      const hash = createHash('sha256').update(bytes).digest('hex');
      files.set(hash, bytes);
      if (place !== null) writeFileSync(join(place, hash), bytes);
      return hash;
    },
    read(hash) {
      const known = files.get(hash);
      if (known !== undefined || place === null || !/^[\da-f]{64}$/.test(hash)) return known ?? null;
      return existsSync(join(place, hash)) ? readFileSync(join(place, hash)) : null;
    },
  };
}
