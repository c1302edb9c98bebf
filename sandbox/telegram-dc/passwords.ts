import { SrpSession, passwordRecord } from './crypto/srp.ts';
import { RpcRefusal } from './mtproto/rpc.ts';
import type { User } from './state/records.ts';

const MAX_SESSIONS = 1000;

/** Proofs of second factors that were begun; a restart forgets them. */
export class PasswordChecks {
  readonly #secret: string;
  readonly #sessions = new Map<string, { readonly userId: string; readonly session: SrpSession }>();

  constructor(secret: string) {
    this.#secret = secret;
  }

  /** For one try, named by `id`. */
  async begin(user: User, password: string, id: string): Promise<SrpSession> {
    const session = new SrpSession(await passwordRecord(password, `${this.#secret} ${user.id}`));
    this.#sessions.set(id, { userId: user.id, session });
    const oldest = this.#sessions.keys().next().value;
    if (this.#sessions.size > MAX_SESSIONS && oldest !== undefined) this.#sessions.delete(oldest);
    return session;
  }

  /** @throws RpcRefusal SRP_ID_INVALID when the try is not known, PASSWORD_HASH_INVALID when the password is another */
  finish(user: User, id: string, { a, proof }: { readonly a: Buffer; readonly proof: Buffer }): void {
    const begun = this.#sessions.get(id);
    this.#sessions.delete(id);
    if (begun?.userId !== user.id) throw new RpcRefusal(400, 'SRP_ID_INVALID');
    if (!begun.session.proves(a, proof)) throw new RpcRefusal(400, 'PASSWORD_HASH_INVALID');
  }
}
