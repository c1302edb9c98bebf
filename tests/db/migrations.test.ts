import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(async () => {
  await database.stop();
});

test('the migrations give the schema that the entities describe', async () => {
  expect(await database.orm.schema.getUpdateSchemaSQL()).toBe('');
});

test('every migration goes down and up again with rows in the tables', async () => {
  const { orm } = database;
  const insert = `insert into source (id, name, config, state) values (gen_random_uuid(), 'shop', '{}', 'active')`;
  await orm.em.fork().execute(insert);
  await orm.migrator.down({ to: 0 });
  await expect(orm.em.fork().execute('select 1 from source')).rejects.toThrow(/does not exist/);
  await orm.migrator.up();
  await orm.em.fork().execute(insert);
  expect(await orm.em.fork().execute('select name from source')).toEqual([{ name: 'shop' }]);
});
