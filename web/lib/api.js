const TOKEN = 'gifty-operator-token';

/** What the API refused, as RFC 9457 problem details. */
export class Problem extends Error {
  constructor(problem, status) {
    super(problem.detail ?? problem.title ?? `status ${status}`);
    this.status = status;
    this.code = (problem.type ?? '').split('/').pop();
    this.errors = problem.errors ?? [];
  }
}

export const keepToken = (token) => sessionStorage.setItem(TOKEN, token);

function headers(extra = {}) {
  const token = sessionStorage.getItem(TOKEN);
  return { accept: 'application/json', ...(token && { authorization: `Bearer ${token}` }), ...extra };
}

async function answer(response) {
  if (response.ok) return response.status === 204 ? null : await response.json();
  throw new Problem(await response.json().catch(() => ({})), response.status);
}

/** @throws Problem; TypeError when the server does not answer */
export async function get(path, params = {}, signal) {
  const query = new URLSearchParams(Object.entries(params).filter(([, value]) => value !== '' && value != null));
  const url = query.size > 0 ? `/api${path}?${query}` : `/api${path}`;
  return await answer(await fetch(url, { headers: headers(), signal }));
}

/** A repeat after a lost answer is the same request, so it carries one key. @throws Problem */
export async function send(method, path, body) {
  const extra = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
  const text = body === undefined ? undefined : JSON.stringify(body);
  return await answer(await fetch(`/api${path}`, { method, headers: headers(extra), body: text }));
}

/**
 * Follows a stream of server-sent events until it ends or `signal` aborts.
 * Read by hand because EventSource cannot send the operator's token.
 */
export async function follow(path, onEvent, signal) {
  const response = await fetch(`/api${path}`, { headers: headers({ accept: 'text/event-stream' }), signal });
  if (!response.ok) await answer(response);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const blocks = (rest + part.value).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) deliver(block, onEvent);
  }
}

function deliver(block, onEvent) {
  const fields = new Map(block.split('\n').map((line) => [line.split(':', 1)[0], line.replace(/^[^:]*: ?/, '')]));
  if (fields.has('data')) onEvent(fields.get('event') ?? 'message', JSON.parse(fields.get('data')));
}
