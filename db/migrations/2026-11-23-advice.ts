import { Migration } from '@mikro-orm/migrations';

/** Advice that was given on goals. */
export class Advice20261123 extends Migration {
  override up(): void {
    this.addSql(
      `create table goal_advice (id uuid primary key, goal_id uuid not null constraint goal_advice_goal_id_foreign
         references goal (id) on delete cascade, source text not null, text text not null, created_at timestamptz not null default now())`,
    );
    this.addSql('create index goal_advice_goal_id_index on goal_advice (goal_id)');
  }

  override down(): void {
    this.addSql('drop table goal_advice');
  }
}
