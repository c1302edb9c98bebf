import { textField, type TlObject } from '../tl/value.ts';

/** One call of a client, without its wrappers. */
export interface RpcCall {
  readonly request: TlObject;
  /** Hex. */
  readonly authKeyId: string;
  /** Device, system and version as the client said them; empty = not said yet. */
  readonly host: string;
}

/** How a call ends on the wire. */
export interface RpcOutcome {
  /** What goes into the result; null = none, ever. */
  readonly answer: Buffer | null;
  /** Cuts the connection instead of sending the answer. */
  readonly cutsConnection: boolean;
  /** A client that asks again after a reconnect gets the answer; otherwise the request was never heard of. */
  readonly isRemembered: boolean;
}

/** Telegram's own no: a code such as 400 and a name such as `BALANCE_TOO_LOW`. */
export class RpcRefusal extends Error {
  override readonly name = 'RpcRefusal';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

const WRAPPERS = new Set(['invokeWithLayer', 'initConnection', 'invokeWithoutUpdates', 'invokeAfterMsg']);

/** The innermost query, and what `initConnection` around it says of the client. */
export function unwrap(request: TlObject): { readonly request: TlObject; readonly host: string | null } {
  let inner = request;
  let host: string | null = null;
  for (;;) {
    if (inner._ === 'initConnection') host = hostOf(inner);
    const query = inner['query'];
    if (!WRAPPERS.has(inner._) || typeof query !== 'object' || !('_' in query)) return { request: inner, host };
    inner = query;
  }
}

function hostOf(request: TlObject): string {
  return ['device_model', 'system_version', 'app_version'].map((field) => textField(request, field)).join(' · ');
}
