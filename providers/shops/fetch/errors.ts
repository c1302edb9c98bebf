import { DomainError } from '../../../domain/shared/errors.ts';

/** Why a fetch can never succeed as it stands. */
export type RefusalCode =
  | 'url-invalid'
  | 'scheme-refused'
  | 'port-refused'
  | 'address-refused'
  | 'too-many-redirects'
  | 'content-type-refused'
  | 'content-encoding-refused'
  | 'body-too-large'
  | 'body-inflates-too-much';

/** Why a fetch failed this time. */
export type FailureCode =
  | 'dns-failed'
  | 'connect-failed'
  | 'connect-timeout'
  | 'headers-timeout'
  | 'body-timeout'
  | 'fetch-timeout'
  | 'tls-failed'
  | 'connection-lost'
  | 'body-broken'
  | 'network-failed';

/** The URL or its answer is unsafe or useless: final, the same call would be refused again. */
export class FetchRefusedError extends DomainError {
  override readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(code, message);
    this.code = code;
  }
}

/** The network or the server failed: worth a retry. */
export class FetchFailedError extends Error {
  override readonly name = 'FetchFailedError';
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const CODES: Readonly<Record<string, FailureCode>> = {
  UND_ERR_CONNECT_TIMEOUT: 'connect-timeout',
  UND_ERR_HEADERS_TIMEOUT: 'headers-timeout',
  UND_ERR_BODY_TIMEOUT: 'body-timeout',
  UND_ERR_SOCKET: 'connection-lost',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'connection-lost',
  ECONNRESET: 'connection-lost',
  EPIPE: 'connection-lost',
  ECONNREFUSED: 'connect-failed',
  EHOSTUNREACH: 'connect-failed',
  ENETUNREACH: 'connect-failed',
  ETIMEDOUT: 'connect-timeout',
  ENOTFOUND: 'dns-failed',
  EAI_AGAIN: 'dns-failed',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls-failed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls-failed',
};

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Turns what the HTTP client or zlib threw into one of ours; ours pass unchanged. */
export function fetchError(error: unknown, url: string): FetchRefusedError | FetchFailedError {
  if (error instanceof FetchRefusedError || error instanceof FetchFailedError) return error;
  const code = codeOf(error);
  const ours = CODES[code] ?? (/^(?:CERT_|ERR_TLS_|ERR_SSL_|SELF_SIGNED)/.test(code) ? 'tls-failed' : 'network-failed');
  const message = error instanceof Error ? error.message : String(error);
  return new FetchFailedError(ours, `${url}: ${message || code}`, { cause: error });
}
