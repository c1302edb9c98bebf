// prepare-temporal.ts [--wait-seconds N]: waits for Temporal and its namespace, then registers our search attributes.
import { parseArgs } from 'node:util';
import { Connection } from '@temporalio/client';
import { registerSearchAttributes } from '../client/search-attributes.ts';
import { ConfigError, loadConfig, type Config } from '../config/env.ts';
import { createLogger } from '../config/logger.ts';
import { reasonOf, waitFor } from './launcher/wait-for.ts';

const { values } = parseArgs({ options: { 'wait-seconds': { type: 'string', default: '60' } } });

async function prepare({ TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace }: Config): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: '3s' });
  try {
    await connection.workflowService.describeNamespace({ namespace });
    await registerSearchAttributes(connection, namespace);
  } finally {
    await connection.close();
  }
}

function refusal({ TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, embeddedTemporal }: Config, err: unknown): string {
  const advice = embeddedTemporal
    ? 'It is the embedded one: run `npm start`, or set TEMPORAL_ADDRESS to a Temporal server.'
    : 'It is named by TEMPORAL_ADDRESS: start it, correct TEMPORAL_ADDRESS, or unset it to use the embedded one.';
  const where = `Temporal at ${TEMPORAL_ADDRESS} (namespace ${TEMPORAL_NAMESPACE})`;
  return `${where} is not ready: ${reasonOf(err)}. ${advice}`;
}

async function main(config: Config): Promise<number> {
  const logger = createLogger(config, 'prepare-temporal');
  try {
    await waitFor(() => prepare(config), {
      giveUpAfterMs: Number(values['wait-seconds']) * 1000,
      everyMs: 300,
      onRefusal: (reason) => {
        logger.warn(`waiting for Temporal (${reason})`);
      },
    });
  } catch (err) {
    logger.fatal(refusal(config, err));
    return 1;
  }
  logger.info({ ready: true }, `Temporal at ${config.TEMPORAL_ADDRESS} is ready`);
  return 0;
}

try {
  process.exitCode = await main(loadConfig());
} catch (err) {
  process.stderr.write(`${err instanceof ConfigError ? err.message : reasonOf(err)}\n`);
  process.exitCode = 1;
}
