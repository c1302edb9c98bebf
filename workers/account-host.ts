import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Client } from '@temporalio/client';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Logger } from 'pino';
import { AccountHost } from '../activities/accounts/account-host.ts';
import { tellOwner } from '../activities/accounts/tell-owner.ts';
import type { TelegramAccounts } from '../activities/ports/telegram-account.ts';
import { wakeOutbox } from '../client/outbox.ts';
import { wakeWatch } from '../client/stargifts.ts';
import type { Config } from '../config/env.ts';
import type { SecretBox } from '../db/secrets.ts';
import type { Datacentre } from '../providers/telegram-account/account-client.ts';

/** Connections of one process; with their lists of chats about 1 MB each. */
const CAPACITY = 200;

export interface AccountHostParts {
  readonly config: Pick<Config, 'GIFTS_ACCS_TTL'>;
  readonly client: Client;
  readonly orm: MikroORM;
  readonly accounts: TelegramAccounts;
  readonly secrets: SecretBox;
  readonly log: Pick<Logger, 'warn'>;
}

/** This process's account host; it holds nothing before `start`. */
export function createAccountHost({ config, client, orm, accounts, secrets, log }: AccountHostParts): AccountHost {
  return new AccountHost({
    ...{ accounts, secrets, tellOwner, capacity: CAPACITY },
    host: `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`,
    em: () => orm.em.fork(),
    checkEveryMs: config.GIFTS_ACCS_TTL * 1000,
    now: () => performance.now(),
    onChange: async (userId) => {
      await Promise.all([wakeOutbox(client, userId), wakeWatch(client, userId)]);
    },
    onError: (err) => log.warn({ err }, 'account host'),
  });
}

/** The sandbox's datacentre where one is set; null = Telegram. */
export function chosenDatacentre(
  config: Pick<Config, 'GIFTY_TELEGRAM_DC' | 'GIFTY_TELEGRAM_DC_KEY'>,
): Datacentre | null {
  const { GIFTY_TELEGRAM_DC: address, GIFTY_TELEGRAM_DC_KEY: publicKey } = config;
  if (address === undefined || publicKey === undefined) return null;
  const colon = address.lastIndexOf(':');
  return { host: address.slice(0, colon), port: Number(address.slice(colon + 1)), publicKey };
}
