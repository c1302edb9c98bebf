import { createPublicKey } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { BaseTelegramClient, MemoryStorage } from '@mtcute/node';
import { TelegramError } from '../../domain/stargifts/telegram-error.ts';
import { addPublicKey, readStringSession } from '@mtcute/core/utils.js';

/** The sandbox's datacentre, reached instead of Telegram's own. */
export interface Datacentre {
  readonly host: string;
  readonly port: number;
  /** RSA public key, PKCS #1 or SPKI in PEM, or the base64 of a PKCS #1 PEM. */
  readonly publicKey: string;
}

export interface ClientInput {
  readonly apiId: number;
  readonly apiHash: string;
  /** null = a new session, with a key of its own. */
  readonly session: string | null;
  /** null = Telegram. */
  readonly dc: Datacentre | null;
}

const CLOSE_MS = 2_000;

/** A client for one auth key on one connection; it says nothing, repeats nothing, and hides no flood wait. */
export async function createClient({ apiId, apiHash, session, dc }: ClientInput): Promise<BaseTelegramClient> {
  const client = new BaseTelegramClient({
    ...{ apiId, apiHash },
    storage: new MemoryStorage(),
    // Its clean-up at the end of the process ends the process itself at SIGTERM, in the midst of our own.
    storageOptions: { cleanup: false },
    disableUpdates: true,
    updates: false,
    logLevel: 0,
    // Without middlewares no call is repeated after a 5xx, and no FLOOD_WAIT is slept out unseen.
    network: { middlewares: [], connectionCount: (kind) => (kind === 'main' ? 1 : 2) },
    initConnectionOptions: { deviceModel: 'gifty', systemVersion: '1.0', appVersion: '0.1' },
    ...(dc !== null && { defaultDcs: addressOf(dc) }),
  });
  client.onError.add(() => undefined);
  if (dc !== null) addPublicKey(client.crypto, pem(dc.publicKey));
  if (session !== null) {
    const saved = readSession(session);
    // A sandbox that was started again listens elsewhere.
    await client.importSession(dc === null ? saved : { ...saved, primaryDcs: addressOf(dc, saved.primaryDcs.main.id) });
  }
  return client;
}

function readSession(session: string) {
  try {
    return readStringSession(session);
  } catch {
    throw new TelegramError('account-unusable', 'SESSION_MALFORMED');
  }
}

/** Ends the connection, within two seconds even when the network hangs. */
export async function closeClient(client: BaseTelegramClient): Promise<void> {
  await Promise.race([client.destroy().catch(() => undefined), delay(CLOSE_MS, undefined, { ref: false })]);
}

function addressOf({ host, port }: Datacentre, id = 2) {
  const address = { id, ipAddress: host, port };
  return { main: address, media: address };
}

/** What the library reads: PKCS #1 in PEM. An environment variable has no lines, so those between BEGIN and END do, too. */
function pem(key: string): string {
  const text = key.includes('-----') ? key : `-----BEGIN RSA PUBLIC KEY-----\n${key}\n-----END RSA PUBLIC KEY-----`;
  if (text.includes('RSA PUBLIC KEY')) return text;
  return createPublicKey(text).export({ type: 'pkcs1', format: 'pem' }).toString();
}
