import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Advice } from '../../domain/agenda/goals/advice.ts';

/** The newest of a goal that are kept, and all of the last day: `modelAdviceToday` counts them. */
const KEPT = 20;

/** Keeps advice; the same id again keeps nothing more. Nothing is kept of a goal that is gone. */
export async function addAdvice(
  em: SqlEntityManager,
  { id, goalId }: { readonly id: string; readonly goalId: string },
  { source, text }: Advice,
): Promise<void> {
  await em.execute(
    `insert into goal_advice (id, goal_id, source, text, created_at)
     select ?, id, ?, ?, clock_timestamp() from goal where id = ? on conflict (id) do nothing`,
    [id, source, text, goalId],
  );
  await em.execute(
    `delete from goal_advice where id in
       (select id from goal_advice where goal_id = ? order by created_at desc, id offset ${KEPT})
       and created_at < clock_timestamp() - interval '1 day'`,
    [goalId],
  );
}

/** How often a model has advised a user within the last day. */
export async function modelAdviceToday(em: SqlEntityManager, userId: string): Promise<number> {
  const [row] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from goal_advice join goal on goal.id = goal_id
     where user_id = ? and source = 'model' and goal_advice.created_at > clock_timestamp() - interval '1 day'`,
    [userId],
  );
  return row?.count ?? 0;
}
