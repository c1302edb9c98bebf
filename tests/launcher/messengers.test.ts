import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseConfig } from '../../config/env.ts';
import { portClaims } from '../../scripts/launcher/embedded-ports.ts';
import { chatUrlOf, startMessengers } from '../../scripts/launcher/messenger-sandbox.ts';
import { createSupervisor } from '../../scripts/launcher/supervisor.ts';
import { freePort } from './free-port.ts';

const folder = mkdtempSync(join(tmpdir(), 'gifty-messengers-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const variables = (env: Record<string, string>): string[] =>
  portClaims(parseConfig(env)).map(({ variable }) => variable);

test('the ports of MAX and of the chat page are looked at when they are started', () => {
  expect(variables({})).toEqual(expect.arrayContaining(['GIFTY_MAX_PORT', 'GIFTY_CHAT_PORT']));
  expect(variables({ GIFTY_MAX: 'production' })).not.toContain('GIFTY_MAX_PORT');
  expect(variables({ GIFTY_MAX_API: 'http://127.0.0.1:9' })).not.toContain('GIFTY_MAX_PORT');
  const both = { GIFTY_MAX: 'production', GIFTY_TELEGRAM: 'production' };
  expect(variables(both)).not.toContain('GIFTY_CHAT_PORT');
  expect(chatUrlOf(parseConfig(both))).toBeNull();
});

test('MAX and the chat page come up; api and workers are told of addresses and of bots', async () => {
  const config = parseConfig({
    ...{ GIFTY_DATA_DIR: folder, GIFTY_TELEGRAM: 'production', GIFTY_MAX_BOT_TOKEN: 'a-token-of-mine' },
    ...{ GIFTY_MAX_PORT: String(await freePort()), GIFTY_CHAT_PORT: String(await freePort()) },
  });
  const supervisor = createSupervisor(() => undefined);
  try {
    const env = await startMessengers({ config, supervisor });
    const maxUrl = `http://127.0.0.1:${config.GIFTY_MAX_PORT}`;
    expect(env).toEqual({ GIFTY_MAX_API: maxUrl, GIFTY_MAX_BOT_TOKEN: 'a-token-of-mine' });
    const me = await fetch(`${maxUrl}/me`, { headers: { authorization: 'a-token-of-mine' } });
    expect(await me.json()).toMatchObject({ is_bot: true });
    const page = chatUrlOf(config) ?? '';
    expect(await (await fetch(page)).text()).toContain('<title>Chats with the bot</title>');
    expect(await (await fetch(`${page}/max/control/bots`)).json()).toMatchObject({ bots: [{ listens: false }] });
  } finally {
    await supervisor.stop();
  }
});

test('in the sandboxes own bots have tokens that are tokens there', async () => {
  const ports = { GIFTY_MAX_PORT: String(await freePort()), GIFTY_CHAT_PORT: String(await freePort()) };
  const config = parseConfig({ GIFTY_DATA_DIR: folder, ...ports });
  const supervisor = createSupervisor(() => undefined);
  try {
    const env = await startMessengers({ config, supervisor });
    expect(env['GIFTY_TELEGRAM_BOT_TOKEN']).toMatch(/^\d{3,18}:[A-Za-z0-9_-]{30,}$/);
    expect(parseConfig(env)).toMatchObject({ embeddedMax: false });
    const me = await fetch(`${env['GIFTY_MAX_API'] ?? ''}/me`, {
      headers: { authorization: env['GIFTY_MAX_BOT_TOKEN'] ?? '' },
    });
    expect(me.status).toBe(200);
  } finally {
    await supervisor.stop();
  }
});
