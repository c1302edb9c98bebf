import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { isFresh, readInitData, readWidget, type SignedData } from '../domain/accounts/signed-data.ts';

/** What a messenger gives a page to prove who looks at it. */
export type Proof =
  /** Query string of a Mini App (Telegram, MAX). */
  | { readonly initData: string }
  /** Fields of Telegram's login widget. */
  | { readonly widget: Readonly<Record<string, string | number>> };

/** Id of the person in the messenger (decimal), null when the bot with this token did not sign the proof within the last hour. */
export function verifyProof(proof: Proof, botToken: string, now: number): string | null {
  const isWidget = 'widget' in proof;
  const data = isWidget ? readWidget(proof.widget) : readInitData([...new URLSearchParams(proof.initData)]);
  if (data === null) return null;
  const key = isWidget
    ? createHash('sha256').update(botToken).digest()
    : createHmac('sha256', 'WebAppData').update(botToken).digest();
  return isSigned(data, key) && isFresh(data, now) ? data.userId : null;
}

const isSigned = ({ text, hash }: SignedData, key: Buffer): boolean =>
  timingSafeEqual(createHmac('sha256', key).update(text).digest(), Buffer.from(hash, 'hex'));
