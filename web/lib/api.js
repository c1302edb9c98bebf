const TOKEN = 'gifty-operator-token';

/** What the API refused, as RFC 9457 problem details. */
export class Problem extends Error {
  constructor(problem, status) {
    super(problem.detail ?? problem.title ?? `status ${status}`);
    this.status = status;
    this.code = (problem.type ?? '').split('/').pop();
    this.errors = problem.errors ?? [];
    /** Seconds to wait before it is worth another attempt; 0 = not said. */
    this.retryAfter = 0;
  }
}

export const keepToken = (token) => sessionStorage.setItem(TOKEN, token);

/** The catalogue is the operator's; everything else belongs to who is signed in, by a cookie. */
const OPERATORS = /^\/(sources|products|crawls|events|watches|proposals|replays|quality)\b/;

function headers(path, extra = {}) {
  const token = OPERATORS.test(path) ? sessionStorage.getItem(TOKEN) : null;
  return { accept: 'application/json', ...(token && { authorization: `Bearer ${token}` }), ...extra };
}

async function answer(response) {
  if (response.ok) return response.status === 204 ? null : await response.json();
  const problem = new Problem(await response.json().catch(() => ({})), response.status);
  problem.retryAfter = Number(response.headers.get('retry-after') ?? 0);
  throw problem;
}

/** @throws Problem; TypeError when the server does not answer */
export async function get(path, params = {}, signal) {
  const query = new URLSearchParams(Object.entries(params).filter(([, value]) => value !== '' && value != null));
  const url = query.size > 0 ? `/api${path}?${query}` : `/api${path}`;
  return await answer(await fetch(url, { headers: headers(path), signal }));
}

/** A repeat after a lost answer is the same request, so it carries one key. @throws Problem */
export async function send(method, path, body, key = crypto.randomUUID()) {
  const extra = { 'content-type': 'application/json', 'idempotency-key': key };
  const text = body === undefined ? undefined : JSON.stringify(body);
  return await answer(await fetch(`/api${path}`, { method, headers: headers(path, extra), body: text }));
}

/** Posts, and tells each line of JSON as it comes. @throws Problem */
export async function stages(path, onLine, signal) {
  const accept = { accept: 'application/x-ndjson' };
  const response = await fetch(`/api${path}`, { method: 'POST', headers: headers(path, accept), signal });
  if (!response.ok) await answer(response);
  await pieces(response, '\n', (line) => line.trim() !== '' && onLine(JSON.parse(line)));
}

/**
 * Follows a stream of server-sent events until it ends or `signal` aborts; false when there is nothing to come.
 * Read by hand because EventSource cannot send the operator's token.
 */
export async function follow(path, onEvent, signal, lastEventId = null) {
  const extra = { accept: 'text/event-stream', ...(lastEventId && { 'last-event-id': lastEventId }) };
  const response = await fetch(`/api${path}`, { headers: headers(path, extra), signal });
  if (!response.ok) await answer(response);
  // 204 is how the server says not to come back.
  if (response.status === 204) return false;
  await pieces(response, '\n\n', (block) => deliver(block, onEvent));
  return true;
}

async function pieces(response, separator, onPiece) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const whole = (rest + part.value).split(separator);
    rest = whole.pop();
    for (const piece of whole) onPiece(piece);
  }
}

function deliver(block, onEvent) {
  const fields = new Map(block.split('\n').map((line) => [line.split(':', 1)[0], line.replace(/^[^:]*: ?/, '')]));
  if (fields.has('data'))
    onEvent(fields.get('event') ?? 'message', JSON.parse(fields.get('data')), fields.get('id') ?? null);
}

const RECONNECT_MS = 2_000;

/**
 * Follows a stream over broken connections, from where it broke off, until `onEvent` answers true or `signal` aborts.
 * `onState` hears whether the stream is up.
 */
export async function keepFollowing(path, onEvent, { signal, onState = () => {} }) {
  let ended = false;
  let last = null;
  while (!ended && !signal.aborted) {
    try {
      const hear = (event, data, id) => {
        onState(true);
        last = id ?? last;
        ended = onEvent(event, data) === true || ended;
      };
      if (!(await follow(path, hear, signal, last))) return;
    } catch (err) {
      if (err instanceof Problem && err.status < 500 && err.status !== 429) return;
    }
    if (ended || signal.aborted) return;
    onState(false);
    await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
  }
}
