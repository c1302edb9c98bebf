import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { putSource } from '../../db/repositories/sources.ts';
import { startDatabase, type TestDatabase } from '../support/database.ts';
import { sourceConfig } from '../support/scripted-shop.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(async () => {
  await database.stop();
});

const source = (name: string) => ({ sourceId: randomUUID(), name, config: sourceConfig(), state: 'active' as const });

test('a name that another source has is refused, also when both were checked before either was stored', async () => {
  await putSource(database.orm.em.fork(), source('shop'));
  await expect(putSource(database.orm.em.fork(), source('shop'))).rejects.toMatchObject({ code: 'source-name-taken' });
});

test('new rules forget the validators of the source’s pages, the same rules keep them', async () => {
  const mine = source('validators');
  const em = () => database.orm.em.fork();
  await putSource(em(), mine);
  await em().execute(
    `insert into frontier_page (source_id, url, kind, depth, state, etag) values (?, 'http://shop.test/', 'listing', 0, 'done', 'e')`,
    [mine.sourceId],
  );
  const etags = async () => await em().execute('select etag from frontier_page where source_id = ?', [mine.sourceId]);
  await putSource(em(), mine);
  expect(await etags()).toEqual([{ etag: 'e' }]);
  await putSource(em(), { ...mine, config: sourceConfig({ currency: 'RUB' }) });
  expect(await etags()).toEqual([{ etag: null }]);
});
