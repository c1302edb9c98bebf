import {
  changeSettings,
  usersWithAutobuy,
  type SettingsChange,
  type SettingsRow,
} from '../db/repositories/user-settings.ts';
import type { ApiDeps } from './deps.ts';
import { checkSettings } from './schemas/settings.ts';
import type { UserContext } from './user-route.ts';

/**
 * Sets settings, and lets the watcher follow the switch. Off counts from the moment the settings say so, whether Temporal
 * answers or not; on is refused when it does not. @throws Problem invalid-request, temporal-unavailable
 */
export async function switchAndSet(
  { em, temporal }: ApiDeps,
  { actor }: Pick<UserContext, 'actor'>,
  change: SettingsChange,
): Promise<SettingsRow> {
  if (change.autobuyOn === true) await temporal.ping();
  const row = await changeSettings(em(), actor, { change, check: checkSettings });
  if (change.autobuyOn !== undefined) await temporal.setWatch(actor.userId, row.autobuyOn);
  return row;
}

/**
 * Starts the watchers that the settings want and Temporal may have lost: its database is another one. A watcher that runs
 * is left alone.
 */
export async function startWatches({ em, temporal, log }: Pick<ApiDeps, 'em' | 'temporal' | 'log'>): Promise<void> {
  for (const userId of await usersWithAutobuy(em())) {
    await temporal.setWatch(userId, true).catch((err: unknown) => {
      log.warn({ err, userId }, 'gift watch not started');
    });
  }
}
