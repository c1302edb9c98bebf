import { FetchRefusedError } from './errors.ts';

/** What a caller expects: a page (HTML, XML, JSON, text), a sitemap (also gzip), or a robots.txt (whatever its label). */
export type Expectation = 'page' | 'sitemap' | 'robots';

const TEXTUAL = /^(?:text\/[\w.+-]+|application\/(?:xhtml\+xml|xml|json|[\w.-]+\+(?:xml|json)))$/;
const PACKED = /^(?:application|binary)\/(?:(?:x-)?gzip|octet-stream)$/;

const essence = (contentType: string): string => (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();

/** Whether a body without a Content-Type looks like text: no NUL in its head, or UTF-16 with a mark. */
function looksTextual(body: Buffer): boolean {
  const utf16 = (body[0] === 0xff && body[1] === 0xfe) || (body[0] === 0xfe && body[1] === 0xff);
  return utf16 || !body.subarray(0, 1024).includes(0);
}

/** Whether a Content-Type can be what is expected; an absent one can. */
function isAcceptable(contentType: string | null, expected: Expectation): boolean {
  if (expected === 'robots' || contentType === null || contentType.trim() === '') return true;
  const type = essence(contentType);
  return TEXTUAL.test(type) || (expected === 'sitemap' && PACKED.test(type));
}

/** Judges an answer by its header alone, before its body is read. @throws FetchRefusedError */
export function checkContentType(contentType: string | null, expected: Expectation): void {
  if (isAcceptable(contentType, expected)) return;
  throw new FetchRefusedError('content-type-refused', `content type ${contentType ?? ''} is not a ${expected}`);
}

/** Judges a body that came without a Content-Type. @throws FetchRefusedError */
export function checkUntypedBody(body: Buffer, expected: Expectation): void {
  if (expected !== 'page' || looksTextual(body)) return;
  throw new FetchRefusedError('content-type-refused', 'a body without content type is not text');
}
