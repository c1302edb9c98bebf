import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addCrawlCounts, finishCrawl, setCrawlState } from '../../db/repositories/crawls.ts';
import { readEvents, type StreamEvent } from './event-stream.ts';
import { addSource, pick, startApi, type TestApi } from './support.ts';

const COUNTS = { fetched: 1, unchanged: 0, failed: 0, products: 1, created: 1, changed: 0 };

let api: TestApi;
let sourceId: string;
beforeAll(async () => {
  api = await startApi();
});
beforeEach(async () => {
  sourceId = await addSource(api);
});
afterAll(async () => {
  await api.stop();
});

const startCrawl = async (): Promise<string> =>
  String(pick(await api.call('POST', `/api/sources/${sourceId}/crawls`, { body: { mode: 'full' } }), 'crawlId'));
const finish = async (crawlId: string): Promise<void> => {
  await finishCrawl(api.em(), { crawlId, sourceId, state: 'completed', error: null });
  api.temporal.running.delete(sourceId);
};

describe('a crawl', () => {
  test('is started without a body too, and its address answers at once', async () => {
    const started = await api.call('POST', `/api/sources/${sourceId}/crawls`);
    expect(started).toMatchObject({ status: 202, json: { state: 'running', mode: 'full', sourceId } });
    const read = await api.call('GET', String(started.headers.get('location')));
    expect(read).toMatchObject({ status: 200, json: { id: pick(started, 'crawlId'), fetched: 0, pending: 0 } });
    expect((await api.call('GET', `/api/sources/${sourceId}`)).json).toMatchObject({ lastCrawl: read.json });
  });

  test('runs once per source at a time', async () => {
    await startCrawl();
    expect(await api.call('POST', `/api/sources/${sourceId}/crawls`, { body: { mode: 'deep' } })).toMatchObject({
      status: 409,
      json: { type: '/problems/crawl-running' },
    });
  });

  test('of a source that does not exist, or in a mode that does not, is not started', async () => {
    expect((await api.call('POST', `/api/sources/${randomUUID()}/crawls`)).status).toBe(404);
    expect((await api.call('POST', `/api/sources/${sourceId}/crawls`, { body: { mode: 'fast' } })).status).toBe(422);
    expect(api.temporal.running.has(sourceId)).toBe(false);
  });

  test('is paused, resumed and cancelled while it runs, and not after', async () => {
    const id = await startCrawl();
    for (const action of ['pause', 'resume', 'cancel'])
      expect(await api.call('POST', `/api/crawls/${id}/${action}`)).toMatchObject({ status: 202, json: { id } });
    expect(api.temporal.calls.slice(-3)).toEqual(['pause', 'resume', 'cancel']);
    await finish(id);
    expect(await api.call('POST', `/api/crawls/${id}/pause`)).toMatchObject({
      status: 409,
      json: { type: '/problems/crawl-finished' },
    });
  });

  test('is listed with the others of its source, newest first', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      ids.unshift(await startCrawl());
      await finish(ids[0] ?? '');
    }
    const first = await api.call('GET', `/api/sources/${sourceId}/crawls?limit=2`);
    expect(first.json).toMatchObject({ items: [{ id: ids[0] }, { id: ids[1] }] });
    const rest = await api.call('GET', `/api/sources/${sourceId}/crawls?cursor=${String(pick(first, 'nextCursor'))}`);
    expect(rest.json).toMatchObject({ items: [{ id: ids[2], state: 'completed' }], nextCursor: null });
  });

  test('tells which pages it gave up on and why', async () => {
    const id = await startCrawl();
    for (const [url, state, reason] of [
      ['https://shop.example/1', 'failed', 'HTTP 500'],
      ['https://shop.example/2', 'failed', 'HTTP 404'],
      ['https://shop.example/3', 'skipped', 'robots.txt'],
      ['https://shop.example/4', 'done', null],
    ])
      await api
        .em()
        .execute(
          `insert into frontier_page (source_id, url, kind, depth, state, crawl_id, reason) values (?, ?, 'product', 1, ?, ?, ?)`,
          [sourceId, url, state, id, reason],
        );
    const failed = await api.call('GET', `/api/crawls/${id}/pages?limit=1`);
    expect(failed.json).toMatchObject({ items: [{ url: 'https://shop.example/1', reason: 'HTTP 500' }] });
    const next = await api.call('GET', `/api/crawls/${id}/pages?cursor=${String(pick(failed, 'nextCursor'))}`);
    expect(next.json).toMatchObject({ items: [{ url: 'https://shop.example/2' }], nextCursor: null });
    const skipped = await api.call('GET', `/api/crawls/${id}/pages?state=skipped`);
    expect(skipped.json).toMatchObject({ items: [{ reason: 'robots.txt', state: 'skipped' }] });
    expect((await api.call('GET', `/api/crawls/${id}/pages?state=done`)).status).toBe(422);
  });
});

describe('the stream of a crawl', () => {
  const open = async (id: string, headers: Record<string, string> = {}): Promise<Response> =>
    await fetch(`${api.url}/api/crawls/${id}/events`, { headers });
  const next = async (events: AsyncGenerator<StreamEvent, undefined>): Promise<StreamEvent> => {
    const { value, done } = await events.next();
    if (done === true) throw new Error('the stream has ended');
    return value;
  };

  test('sends each new state and ends with the crawl', async () => {
    const id = await startCrawl();
    const response = await open(id);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const events = readEvents(response);
    expect(await next(events)).toMatchObject({ event: 'progress', data: { id, state: 'running', fetched: 0 } });
    await addCrawlCounts(api.em(), id, COUNTS);
    expect(await next(events)).toMatchObject({ event: 'progress', data: { fetched: 1, products: 1 } });
    await setCrawlState(api.em(), id, 'paused');
    expect(await next(events)).toMatchObject({ event: 'progress', data: { state: 'paused' } });
    await finish(id);
    expect(await next(events)).toMatchObject({ event: 'end', data: { state: 'completed', fetched: 1 } });
    expect((await events.next()).done).toBe(true);
  });

  test('goes on after the last event that was received', async () => {
    const id = await startCrawl();
    const leave = new AbortController();
    const events = readEvents(await fetch(`${api.url}/api/crawls/${id}/events`, { signal: leave.signal }));
    const seen = await next(events);
    leave.abort();
    const resumed = readEvents(await open(id, { 'last-event-id': seen.id }));
    const coming = next(resumed);
    await addCrawlCounts(api.em(), id, COUNTS);
    expect(await coming).toMatchObject({ data: { fetched: 1 } });
    await finish(id);
    const end = await next(resumed);
    expect(end.event).toBe('end');
    // An EventSource that comes back after the end is told to stay away.
    expect((await open(id, { 'last-event-id': end.id })).status).toBe(204);
  });

  test('of a crawl that does not exist is 404', async () => {
    expect((await open(randomUUID())).status).toBe(404);
  });

  test('stops asking the database when the client has left', async () => {
    const id = await startCrawl();
    const leave = new AbortController();
    await next(readEvents(await fetch(`${api.url}/api/crawls/${id}/events`, { signal: leave.signal })));
    const openStreams = async (): Promise<string> =>
      /^gifty_event_streams (\d+)$/m.exec(String((await api.call('GET', '/metrics')).json))?.[1] ?? '';
    await expect.poll(openStreams).toBe('1');
    leave.abort();
    await expect.poll(openStreams).toBe('0');
  });

  test('ends when the process is about to stop', async () => {
    const id = await startCrawl();
    const closing = new AbortController();
    const url = await api.serve({}, { closing: closing.signal });
    const events = readEvents(await fetch(`${url}/api/crawls/${id}/events`));
    await next(events);
    closing.abort();
    expect((await events.next()).done).toBe(true);
  });
});
