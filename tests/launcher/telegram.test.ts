import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { parseConfig } from '../../config/env.ts';
import { portClaims } from '../../scripts/launcher/embedded-ports.ts';
import { createSupervisor, type Supervisor } from '../../scripts/launcher/supervisor.ts';
import { startTelegram } from '../../scripts/launcher/telegram-sandbox.ts';
import { freePort } from './free-port.ts';

const folder = mkdtempSync(join(tmpdir(), 'gifty-telegram-'));
const running: Supervisor[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((supervisor) => supervisor.stop()));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const variables = (env: Record<string, string>): string[] =>
  portClaims(parseConfig(env)).map(({ variable }) => variable);

test('the ports of the sandbox are looked at with the others, and only when it is started', () => {
  const sandbox = ['GIFTY_TELEGRAM_DC_PORT', 'GIFTY_TELEGRAM_CONTROL_PORT', 'GIFTY_BOT_API_PORT'];
  expect(variables({})).toEqual(expect.arrayContaining(sandbox));
  expect(variables({ GIFTY_TELEGRAM: 'production' })).not.toEqual(expect.arrayContaining([sandbox[0]]));
});

test('no two of the default ports are one', () => {
  const ports = portClaims(parseConfig({})).map(({ port }) => port);
  expect(new Set(ports).size).toBe(ports.length);
});

test('what api and workers are told of the sandbox is the same at the next start, its key included', async () => {
  const ports = {
    GIFTY_TELEGRAM_DC_PORT: String(await freePort()),
    GIFTY_TELEGRAM_CONTROL_PORT: String(await freePort()),
    GIFTY_BOT_API_PORT: String(await freePort()),
  };
  const config = parseConfig({ GIFTY_DATA_DIR: folder, ...ports });
  const start = async () => {
    const supervisor = createSupervisor(() => undefined);
    running.push(supervisor);
    const env = await startTelegram({ config, supervisor });
    await supervisor.stop();
    return env;
  };
  const first = await start();
  expect(first).toMatchObject({
    GIFTY_TELEGRAM_DC: `127.0.0.1:${ports.GIFTY_TELEGRAM_DC_PORT}`,
    GIFTY_TELEGRAM_BOT_API: `http://127.0.0.1:${ports.GIFTY_BOT_API_PORT}`,
  });
  expect(first['GIFTY_TELEGRAM_DC_KEY']).toContain('RSA PUBLIC KEY');
  expect(parseConfig(first).embeddedTelegram).toBe(false);
  expect(await start()).toEqual(first);
});
