import type { SqlEntityManager } from '@mikro-orm/sql';

/** What became of one time at which a habit was to ask; `unheard` = there was nobody to tell. */
export interface HandledPrompt {
  /** `YYYY-MM-DD`, the habit's own day. */
  readonly day: string;
  /** `HH:MM`, or `picture`. */
  readonly at: string;
  readonly state: 'told' | 'missed' | 'unheard';
}

/** Notes what became of prompts; what is noted already stays. */
export async function notePrompts(
  em: SqlEntityManager,
  habitId: string,
  prompts: readonly HandledPrompt[],
): Promise<void> {
  if (prompts.length === 0) return;
  await em.execute(
    `insert into habit_prompt (habit_id, day, at, state)
     select ?::uuid, given.day, given.at, given.state
     from jsonb_to_recordset(?::jsonb) as given (day date, at text, state text)
     on conflict (habit_id, day, at) do nothing`,
    [habitId, JSON.stringify(prompts)],
  );
}

/** Times of a day at which somebody was asked, in order; the week's picture is none. */
export async function toldPrompts(em: SqlEntityManager, habitId: string, day: string): Promise<string[]> {
  const rows = await em.execute<{ at: string }[]>(
    `select at from habit_prompt where habit_id = ? and day = ? and state = 'told' and at <> 'picture' order by handled_at, at`,
    [habitId, day],
  );
  return rows.map(({ at }) => at);
}

/** Whether this time has been dealt with. */
export async function isHandled(
  em: SqlEntityManager,
  habitId: string,
  { day, at }: { readonly day: string; readonly at: string },
): Promise<boolean> {
  const rows = await em.execute<object[]>('select 1 from habit_prompt where habit_id = ? and day = ? and at = ?', [
    ...[habitId, day, at],
  ]);
  return rows.length > 0;
}
