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
  const addPeople = `
    insert into app_user (name, name_key, password_hash, role) values ('anna', 'anna', 'x', 'owner');
    insert into user_settings (user_id) select id from app_user;
    insert into api_profile (user_id, api_id, api_hash, name) select id, 1, 'x', 'x' from app_user;
    insert into telegram_account (user_id, api_profile_id, telegram_id, session, name) select user_id, id, 777, 'x', 'x' from api_profile;
    insert into channel_rule (user_id, channel_id, title) select id, -1001, 'x' from app_user;
    insert into audit_entry (user_id, action, result, details) select id, 'x', 'ok', '{}' from app_user`;
  const addAll = async () => {
    for (const sql of [insert, ...addPeople.split(';')]) await orm.em.fork().execute(sql);
  };
  await addAll();
  await orm.migrator.down({ to: 0 });
  await expect(orm.em.fork().execute('select 1 from source')).rejects.toThrow(/does not exist/);
  await orm.migrator.up();
  await addAll();
  expect(await orm.em.fork().execute('select name from source')).toEqual([{ name: 'shop' }]);
});
