import { readdirSync, readFileSync } from 'node:fs';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { expect, test } from 'vitest';
import { dataConverter } from '../../client/payload-codec.ts';
import { workflowBundle } from '../../workers/workflow-bundle.ts';
import * as workflows from '../../workflows/index.ts';
import { testKeys } from '../support/temporal.ts';

const directory = new URL('./histories/', import.meta.url);
const files = readdirSync(directory);
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, directory), 'utf8'));
const options = async () => ({ workflowBundle: await workflowBundle(), dataConverter: dataConverter(testKeys) });

test.each(files)('today’s code replays %s', async (file) => {
  await expect(Worker.runReplayHistory(await options(), historyFromJSON(read(file)))).resolves.toBeUndefined();
});

test('every workflow type has a recorded history', () => {
  const recorded = new Set(files.map((file) => file.split('.')[0]));
  expect([...recorded].sort()).toEqual(Object.keys(workflows).sort());
});

test('a history that the code would not have made fails', async () => {
  const text = readFileSync(new URL('crawlSource.completed.json', directory), 'utf8');
  const history = historyFromJSON(JSON.parse(text.replaceAll('"openCrawl"', '"anotherActivity"')));
  await expect(Worker.runReplayHistory(await options(), history)).rejects.toThrow(/TMPRL1100/);
});
