import { TestWorkflowEnvironment } from '@temporalio/testing';
import { dataConverter } from '../../client/payload-codec.ts';
import { registerSearchAttributes } from '../../client/search-attributes.ts';
import { testKeys } from './temporal.ts';

/** Path of a Temporal test server with virtual time; absent = tests that need one say that they are skipped. */
export const TEST_SERVER = process.env['TEMPORAL_TEST_SERVER'];

/** The SDK gives a server 5 s to start, which is little for a JVM on a busy machine. */
const STARTS = 6;

/** A Temporal server whose time passes as a test says: a year takes seconds. */
export async function startTimeSkipping(): Promise<TestWorkflowEnvironment> {
  if (TEST_SERVER === undefined) throw new Error('TEMPORAL_TEST_SERVER is not set: run this through npm test');
  const env = await started(TEST_SERVER);
  await registerSearchAttributes(env.connection, env.namespace ?? 'default');
  return env;
}

async function started(path: string): Promise<TestWorkflowEnvironment> {
  for (let start = 1; ; start += 1) {
    try {
      return await TestWorkflowEnvironment.createTimeSkipping({
        server: { executable: { type: 'existing-path', path } },
        client: { dataConverter: dataConverter(testKeys) },
      });
    } catch (err) {
      if (start === STARTS) throw err;
    }
  }
}
