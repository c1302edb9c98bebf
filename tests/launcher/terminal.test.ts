import { Writable } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StoppedError } from '../../scripts/launcher/errors.ts';
import { createTerminal } from '../../scripts/launcher/terminal.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function plain() {
  let text = '';
  const out = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  return { terminal: createTerminal(out), text: () => text };
}

test('a step that waits says so, and again every ten seconds, also when nothing new happens', async () => {
  const { terminal, text } = plain();
  const done = Promise.withResolvers<string>();
  const step = terminal.step(
    'database',
    (progress) => {
      progress('waiting for the database');
      return done.promise;
    },
    String,
  );
  await vi.advanceTimersByTimeAsync(26_000);
  expect(text().match(/waiting for the database/g)).toHaveLength(3);
  done.resolve('127.0.0.1:5432');
  await step;
  expect(text()).toMatch(/✓ database .*127\.0\.0\.1:5432\n$/);
});

test('a step that was only stopped is not called a failure', async () => {
  const { terminal, text } = plain();
  await expect(terminal.step('api', () => Promise.reject(new StoppedError('stopped')))).rejects.toThrow('stopped');
  expect(text()).toBe('');
  await expect(terminal.step('api', () => Promise.reject(new Error('x')))).rejects.toThrow('x');
  expect(text()).toContain('✗ api');
});
