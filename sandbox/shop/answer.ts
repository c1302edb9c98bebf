import { createHash } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** What a route answers, before negotiation. */
export interface Answer {
  readonly status: number;
  /** Content-Type as it is sent. */
  readonly type: string;
  readonly body: Buffer;
  /** null = the answer has no validators and is never a 304. */
  readonly lastModified: Date | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer with its validator and compressed form, ready to be sent many times. */
export interface PreparedAnswer extends Answer {
  readonly etag: string;
  readonly gzipped: Buffer | null;
}

export const HTML_UTF8 = 'text/html; charset=utf-8';

/** A text answer of status 200 unless told otherwise. */
export function textAnswer(text: string, type: string, rest: Partial<Answer> = {}): Answer {
  return { status: 200, type, body: Buffer.from(text), lastModified: null, ...rest };
}

export function prepare(answer: Answer): PreparedAnswer {
  const etag = `"${createHash('sha1').update(answer.body).digest('base64url').slice(0, 20)}"`;
  const worthwhile = answer.body.length > 500 && /text|json|xml|svg/.test(answer.type);
  return { ...answer, etag, gzipped: worthwhile ? gzipSync(answer.body, { level: 4 }) : null };
}

/** Headers and body for this request: 304 when the client has it, gzip when the client takes it. */
export function negotiate(req: IncomingMessage, answer: PreparedAnswer) {
  const validators: OutgoingHttpHeaders =
    answer.lastModified === null
      ? {}
      : { etag: answer.etag, 'last-modified': answer.lastModified.toUTCString(), 'cache-control': 'no-cache' };
  if (answer.status === 200 && answer.lastModified !== null && isFresh(req, answer)) {
    return { status: 304, headers: validators, body: Buffer.alloc(0) };
  }
  const zipped = /\bgzip\b/.test(req.headers['accept-encoding']?.toString() ?? '') ? answer.gzipped : null;
  const body = zipped ?? answer.body;
  const headers: OutgoingHttpHeaders = {
    'content-type': answer.type,
    'content-length': body.length,
    vary: 'accept-encoding',
    ...validators,
    ...(zipped === null ? {} : { 'content-encoding': 'gzip' }),
    ...answer.headers,
  };
  return { status: answer.status, headers, body };
}

function isFresh(req: IncomingMessage, answer: PreparedAnswer): boolean {
  const tags = req.headers['if-none-match'];
  if (tags !== undefined) {
    return tags === '*' || tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === answer.etag);
  }
  const since = Date.parse(req.headers['if-modified-since'] ?? '');
  // The header has whole seconds only.
  return answer.lastModified !== null && Math.floor(answer.lastModified.getTime() / 1000) * 1000 <= since;
}

export function send(req: IncomingMessage, res: ServerResponse, answer: PreparedAnswer): void {
  const { status, headers, body } = negotiate(req, answer);
  res.writeHead(status, headers);
  res.end(req.method === 'HEAD' ? undefined : body);
}
