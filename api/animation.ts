import type { Response } from 'express';
import { stickerBytes } from '../db/repositories/stickers.ts';
import { inflateTgs } from '../db/tgs.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';

const YEAR_S = 31_536_000;

interface Wanted {
  /** SHA-256 of the file, hex. */
  readonly contentHash: string;
  /** The address names the content, so that it may be kept for good. */
  readonly isPinned: boolean;
}

/**
 * Writes an animation as it is kept, compressed, or inflated for a client that takes no gzip. Its name is the hash of its
 * bytes: nobody can put other ones in its place. @throws Problem not-found when no animation that can be shown is kept
 */
export const sendAnimation =
  ({ em }: ApiDeps, { contentHash, isPinned }: Wanted) =>
  async (res: Response): Promise<void> => {
    const takesGzip = res.req.acceptsEncodings('gzip') === 'gzip';
    const etag = `"${contentHash}${takesGzip ? '' : '-plain'}"`;
    const headers = {
      ETag: etag,
      Vary: 'Accept-Encoding',
      'Cache-Control': isPinned ? `private, max-age=${YEAR_S}, immutable` : 'private, no-cache',
    };
    if (isFresh(res.req.get('if-none-match'), etag)) {
      res.status(304).set(headers).end();
      return;
    }
    const bytes = await stickerBytes(em(), contentHash);
    const json = bytes === null ? null : await inflateTgs(bytes);
    if (bytes === null || json === null) throw new Problem('not-found', 'no animation of this gift can be shown');
    res.status(200).set({ ...headers, 'Content-Type': 'application/json; charset=utf-8' });
    if (takesGzip) res.setHeader('Content-Encoding', 'gzip');
    const body = takesGzip ? bytes : json;
    res.setHeader('Content-Length', body.length);
    res.end(body);
  };

const isFresh = (known: string | undefined, etag: string): boolean =>
  known?.split(',').some((one) => one.trim().replace(/^W\//, '') === etag) === true;
