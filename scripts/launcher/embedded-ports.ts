import type { Config } from '../../config/env.ts';
import { messengerClaims } from './messenger-sandbox.ts';
import { claimPorts, type PortClaim } from './ports.ts';
import { telegramClaims } from './telegram-sandbox.ts';

/** The ports that this start listens on. */
export function portClaims(config: Config): readonly PortClaim[] {
  const claims: PortClaim[] = [
    { what: 'API and page', port: config.GIFTY_API_PORT, variable: 'GIFTY_API_PORT' },
    { what: 'Sample shop', port: config.GIFTY_SHOP_PORT, variable: 'GIFTY_SHOP_PORT' },
  ];
  if (config.embeddedDatabase) {
    claims.push({ what: 'Embedded Postgres', port: config.GIFTY_POSTGRES_PORT, variable: 'GIFTY_POSTGRES_PORT' });
  }
  if (config.embeddedTemporal) {
    claims.push(
      { what: 'Temporal server', port: config.GIFTY_TEMPORAL_PORT, variable: 'GIFTY_TEMPORAL_PORT' },
      { what: 'Temporal Web UI', port: config.GIFTY_TEMPORAL_UI_PORT, variable: 'GIFTY_TEMPORAL_UI_PORT' },
    );
  }
  if (config.embeddedTelegram) claims.push(...telegramClaims(config));
  return [...claims, ...messengerClaims(config)];
}

/** @throws SetupError when a port is taken */
export async function checkPorts(config: Config): Promise<void> {
  await claimPorts(portClaims(config));
}
