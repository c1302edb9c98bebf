// sdk-download.ts dev-server|time-skipping FOLDER: has the Temporal SDK download its server into FOLDER by starting it once.
import { TestWorkflowEnvironment } from '@temporalio/testing';

const [kind, downloadDir = '.'] = process.argv.slice(2);
const server = { executable: { type: 'cached-download', downloadDir } } as const;
const environment =
  kind === 'dev-server'
    ? await TestWorkflowEnvironment.createLocal({ server })
    : await TestWorkflowEnvironment.createTimeSkipping({ server });
await environment.teardown();
