import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { HTML_UTF8, negotiate, prepare, send, textAnswer, type PreparedAnswer } from './answer.ts';
import type { Fault } from './control.ts';
import { softNotFound } from './routes/not-found.ts';

interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** What the shop would have answered. */
  readonly honest: () => PreparedAnswer;
  /** Fires when the shop stops or the client is gone. */
  readonly signal: AbortSignal;
}

const CHALLENGE = `<!doctype html><html lang="en"><head><title>Just a moment...</title><meta name="robots" content="noindex"></head>
<body><h1>Checking your browser before you enter the shop</h1><p>Please enable JavaScript and cookies to continue.</p>
<form id="challenge-form" action="/challenge" method="post"><input type="hidden" name="token" value="x"></form></body></html>`;

/** Answers a request the way its fault says. */
export async function answerWithFault(fault: Fault, exchange: Exchange): Promise<void> {
  const { req, res, honest } = exchange;
  if (isWhole(fault)) {
    send(req, res, dishonest(fault, honest));
    return;
  }
  switch (fault.kind) {
    case 'slow':
      await sleep(fault.delayMs, undefined, { signal: exchange.signal });
      send(req, res, honest());
      return;
    case 'redirect':
      redirect(res, { status: fault.status, location: fault.location });
      return;
    case 'redirect-loop':
      redirect(res, { status: 302, location: '/loop/1' });
      return;
    case 'drop':
    case 'drip':
    case 'gzip-bomb':
    case 'huge':
      await answerWithBytes(fault, exchange);
  }
}

const WHOLE: readonly string[] = ['status', 'challenge', 'wrong-charset', 'soft-404', 'no-validators'];

function isWhole(fault: Fault): fault is WholeFault {
  return WHOLE.includes(fault.kind);
}

/** A whole answer other than the shop's own. */
function dishonest(fault: WholeFault, honest: () => PreparedAnswer): PreparedAnswer {
  switch (fault.kind) {
    case 'status':
      return prepare(statusAnswer(fault.status, fault.retryAfter));
    case 'challenge':
      return prepare(textAnswer(CHALLENGE, HTML_UTF8, { status: 403 }));
    case 'wrong-charset':
      return { ...honest(), type: `text/html; charset=${fault.charset}` };
    case 'soft-404':
      return prepare(softNotFound('en'));
    case 'no-validators':
      return { ...honest(), lastModified: null };
  }
}

/** Sends the client elsewhere. */
export function redirect(res: ServerResponse, { status, location }: { status: number; location: string }): void {
  res.writeHead(status, { location, 'content-length': 0 }).end();
}

function statusAnswer(status: number, retryAfter: number | string | undefined) {
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return textAnswer(`<!doctype html><title>${status}</title><h1>Error ${status}</h1>`, HTML_UTF8, { status, headers });
}

type WholeFault = Extract<Fault, { kind: 'status' | 'challenge' | 'wrong-charset' | 'soft-404' | 'no-validators' }>;
type ByteFault = Extract<Fault, { kind: 'drop' | 'drip' | 'gzip-bomb' | 'huge' }>;

async function answerWithBytes(fault: ByteFault, exchange: Exchange): Promise<void> {
  const { res } = exchange;
  switch (fault.kind) {
    case 'drop':
      drop(fault.afterBytes, exchange);
      return;
    case 'drip':
      await drip(fault, exchange);
      return;
    case 'gzip-bomb': {
      res.writeHead(200, { 'content-type': HTML_UTF8, 'content-encoding': 'gzip' });
      const zip = createGzip({ level: 9 });
      Readable.from(filler(fault.inflatedBytes)).pipe(zip).pipe(res);
      res.once('close', () => zip.destroy());
      return;
    }
    case 'huge':
      res.writeHead(200, { 'content-type': HTML_UTF8 });
      Readable.from(filler(fault.bytes)).pipe(res);
  }
}

function drop(afterBytes: number, { req, res, honest }: Exchange): void {
  if (afterBytes === 0) {
    res.socket?.destroy();
    return;
  }
  const { status, headers, body } = negotiate(req, honest());
  res.writeHead(status, headers);
  // One byte less at the most, or the answer would be whole.
  res.write(body.subarray(0, Math.min(afterBytes, body.length - 1)), () => res.socket?.destroy());
}

async function drip(fault: Extract<Fault, { kind: 'drip' }>, { req, res, honest, signal }: Exchange): Promise<void> {
  const { status, headers, body } = negotiate(req, honest());
  res.writeHead(status, headers);
  for (let at = 0; at < body.length; at += fault.bytes) {
    res.write(body.subarray(at, at + fault.bytes));
    await sleep(fault.everyMs, undefined, { signal });
  }
  res.end();
}

function* filler(bytes: number): Generator<Buffer> {
  const piece = Buffer.from('<p>lorem ipsum dolor sit amet</p>\n'.repeat(30_000));
  const head = Buffer.from('<!doctype html><title>A very long page</title>');
  yield head.subarray(0, bytes);
  for (let left = bytes - head.length; left > 0; left -= piece.length) yield piece.subarray(0, left);
}
