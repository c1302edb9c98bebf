import { describe, expect, test } from 'vitest';
import { parseConfig } from './env.ts';
import { createLogger } from './logger.ts';

const CANARY = 'canary"9f3kL0\\qwZx7TbY2mN';
const PASSWORD = 'canary-password-77';

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  const config = parseConfig({ GIFTY_OPERATOR_TOKEN: CANARY, DATABASE_URL: `postgres://u:${PASSWORD}@db/gifty` });
  write(createLogger(config, 'test', { write: (line: string) => lines.push(line) }));
  return lines.join('');
}

describe('secrets never reach the log', () => {
  test.each<readonly [string, (logger: ReturnType<typeof createLogger>) => void]>([
    [
      'in the message',
      (logger) => {
        logger.info(`token is ${CANARY}, password ${PASSWORD}`);
      },
    ],
    [
      'in an error and its stack',
      (logger) => {
        logger.error(new Error(`refused ${CANARY} ${PASSWORD}`));
      },
    ],
    [
      'deep in an object under an innocent name',
      (logger) => {
        logger.info({ a: [{ b: { c: CANARY, d: PASSWORD } }] });
      },
    ],
    [
      'in a child logger',
      (logger) => {
        logger.child({ note: CANARY, url: `postgres://u:${PASSWORD}@db` }).info('x');
      },
    ],
  ])('%s', (_where, write) => {
    const text = logged(write);
    expect(text).not.toContain('canary');
    expect(JSON.parse(text)).toHaveProperty('level');
  });

  test('fields with sensitive names are emptied at any depth, whatever their value', () => {
    const text = logged((logger) => {
      logger.info({
        headers: { Authorization: 'x-1', 'set-cookie': ['x-2', 'x-3'] },
        deep: { er: { apiKey: 'x-4', user_password: 'x-5' } },
      });
    });
    expect(text).not.toMatch(/x-\d/);
  });

  test('bearer tokens and credentials in foreign URLs are cut out of texts', () => {
    const text = logged((logger) => {
      logger.warn('sent Bearer abcdefghijk to https://user:pass@shop.example/');
    });
    expect(text).not.toMatch(/abcdefghijk|user:pass/);
    expect(text).toContain('shop.example');
  });
});

test('ordinary fields stay: workflow ids, counts, addresses', () => {
  const text = logged((logger) => {
    logger.info({ workflowId: 'crawl:7', llmTokens: 12, url: 'https://shop.example/a?b=c' }, 'page stored');
  });
  expect(JSON.parse(text)).toMatchObject({ workflowId: 'crawl:7', llmTokens: 12, url: 'https://shop.example/a?b=c' });
});
