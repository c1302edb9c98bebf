import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Dispatcher } from 'undici';
import { expect, test } from 'vitest';
import { send } from './exchange.ts';

const ANSWERS = 4_000;
const WORDS = 250;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options: { type: 'minor' | 'major' }) => void;
const oldBytes = (): number =>
  getHeapSpaceStatistics().find(({ space_name }) => space_name === 'old_space')?.space_used_size ?? 0;

/** Answers at once, each time with a header of 2 kB. */
const dispatch: Dispatcher['dispatch'] = (_, handler) => {
  const controller = {} as Dispatcher.DispatchController;
  const words = Array.from({ length: WORDS }, (_, index) => index + Math.random()) as unknown as string[];
  handler.onRequestStart?.(controller, {});
  handler.onResponseStart?.(controller, 304, { words }, '');
  handler.onResponseEnd?.(controller, {});
  return true;
};

test('an answer that is over is garbage while it is young', async () => {
  const url = new URL('http://shop.test/p/1');
  const request = () => ({ url, headers: {}, signal: new AbortController().signal, wanted: () => 1_000 });
  const dispatcher = { dispatch };
  for (let warm = 0; warm < 100; warm += 1) await send(dispatcher, request());
  collect({ type: 'major' });
  const before = oldBytes();
  for (let sent = 0; sent < ANSWERS; sent += 1) {
    await send(dispatcher, request());
    if (sent % 500 === 0) collect({ type: 'minor' });
  }
  collect({ type: 'minor' });
  collect({ type: 'minor' });
  expect(oldBytes() - before).toBeLessThan((ANSWERS * WORDS * 8) / 4);
});
