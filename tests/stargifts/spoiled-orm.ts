import type { MikroORM } from '@mikro-orm/postgresql';
import type { SqlEntityManager } from '@mikro-orm/sql';

/** Called before and after every statement and every transaction; what it throws, the caller hears. */
export type Point = () => void;

/** The same database to somebody who may die at any point: the caller cannot tell whether the statement was carried out. */
export function spoiledOrm(orm: MikroORM, point: Point): MikroORM {
  const em = () => spoiled(orm.em.fork(), point);
  return replaced(orm, { em: { fork: em } });
}

function spoiled(em: SqlEntityManager, point: Point): SqlEntityManager {
  const dying = async <T>(work: () => Promise<T>): Promise<T> => {
    point();
    const answer = await work();
    point();
    return answer;
  };
  const execute = async (sql: string, params?: unknown[]) =>
    await dying(async () => await em.execute<object[]>(sql, params));
  const transactional = async (work: (tx: SqlEntityManager) => Promise<unknown>) =>
    await dying(async () => await em.transactional(async (tx) => await work(spoiled(tx, point))));
  return replaced(em, { execute, transactional });
}

/** The object with some of its members replaced. */
function replaced<T extends object>(object: T, members: Readonly<Record<string, unknown>>): T {
  return new Proxy(object, {
    get(target, name) {
      if (typeof name === 'string' && name in members) return members[name];
      const value: unknown = Reflect.get(target, name);
      // Methods reach for what is private to the object itself.
      return typeof value === 'function' ? (...args: unknown[]): unknown => Reflect.apply(value, target, args) : value;
    },
  });
}
