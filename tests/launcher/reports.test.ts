import { describe, expect, test } from 'vitest';
import { readLogLine } from '../../scripts/launcher/log-line.ts';
import { countsLine, countTests } from '../../scripts/launcher/vitest-run.ts';
import { reasonOf, waitFor } from '../../scripts/launcher/wait-for.ts';

const report = (over: object) => ({
  success: true,
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
  ...over,
});

describe('the last line of npm test', () => {
  test('counts what vitest reports', () => {
    expect(countsLine(countTests(report({}), 0))).toBe('5 passed, 0 failed');
    expect(countsLine(countTests(report({ numPendingTests: 2, numTodoTests: 1 }), 0))).toBe(
      '5 passed, 0 failed, 3 skipped',
    );
  });

  test('a file that cannot be loaded is a failure although none of its tests ran', () => {
    const broken = { success: false, testResults: [{ status: 'failed', assertionResults: [] }] };
    expect(countTests(report(broken), 1)).toMatchObject({ failed: 1 });
  });

  test('a run that ends badly is never without a failure', () => {
    expect(countTests(report({}), 1)).toMatchObject({ failed: 1 });
    expect(countTests(undefined, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('a line that a child prints', () => {
  test('is its message, with the error in it', () => {
    const line = '{"level":50,"err":{"message":"connect ECONNREFUSED"},"msg":"no database"}';
    expect(readLogLine(line)).toEqual({ level: 50, message: 'no database: connect ECONNREFUSED' });
  });

  test.each(['plain text', '{"half":', '[1]', '"x"'])('%s stays as it is', (line) => {
    expect(readLogLine(line)).toEqual({ level: 0, message: line });
  });
});

describe('waiting for a server', () => {
  test('goes on until it answers, and says each reason once', async () => {
    const told: string[] = [];
    const answers = ['refused', 'refused', 'starting', ''];
    const attempt = () => {
      const reason = answers.shift() ?? '';
      return reason === '' ? Promise.resolve('up') : Promise.reject(new Error(reason));
    };
    const waiting = waitFor(attempt, { giveUpAfterMs: 5000, everyMs: 1, onRefusal: (reason) => told.push(reason) });
    expect(await waiting).toBe('up');
    expect(told).toEqual(['refused', 'starting']);
  });

  test('gives up at once on what waiting cannot help', async () => {
    const attempt = () => Promise.reject(new Error('password authentication failed'));
    const waiting = waitFor(attempt, { giveUpAfterMs: 60_000, onRefusal: () => undefined, isFinal: () => true });
    await expect(waiting).rejects.toThrow('password');
  });

  test('the reason is found inside several attempts', () => {
    expect(reasonOf(new AggregateError([new Error('ECONNREFUSED ::1')]))).toBe('ECONNREFUSED ::1');
  });
});
