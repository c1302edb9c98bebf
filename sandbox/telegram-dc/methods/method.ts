import type { Datacentre } from '../datacentre.ts';
import { RpcRefusal } from '../mtproto/rpc.ts';
import type { AuthKey, User } from '../state/records.ts';
import type { TlObject, TlValue } from '../tl/value.ts';

/** Who calls, and with what. */
export interface MethodContext {
  readonly dc: Datacentre;
  readonly request: TlObject;
  /** Only for methods that work without a login; others take `user`. */
  readonly key: AuthKey;
  /** The account that is logged in. @throws RpcRefusal 401 when there is none */
  readonly user: () => User;
}

/** @throws RpcRefusal with Telegram's own code */
export type Method = (context: MethodContext) => TlValue | Promise<TlValue>;
export type Methods = Readonly<Record<string, Method>>;

/** @throws RpcRefusal always */
export function refuse(code: number, message: string): never {
  throw new RpcRefusal(code, message);
}

/** Epoch seconds of epoch ms. */
export function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
