import { Migration } from '@mikro-orm/migrations';

/** Tables whose rows are followed as they change. */
const FOLLOWED = ['drop_run', 'purchase'];

/** The stock of gifts over time; which transaction changed a drop or a purchase last. */
export class GiftReads20261122 extends Migration {
  override up(): void {
    this
      .addSql(`create table gift_stock (user_id uuid not null constraint gift_stock_user_id_foreign references app_user (id) on delete cascade,
      gift_id bigint not null, at timestamptz not null default clock_timestamp(), remaining bigint not null, primary key (user_id, gift_id, at))`);
    for (const table of FOLLOWED) {
      this.addSql(
        `alter table ${table} add column change bigint not null default ((pg_current_xact_id())::text)::bigint`,
      );
      this.addSql(`create index ${table}_user_id_change_index on ${table} (user_id, change)`);
      this.addSql(`create function ${table}_note_change_fn() returns trigger language plpgsql as
        $$ begin new.change := (pg_current_xact_id()::text)::bigint; return new; end; $$`);
      this.addSql(
        `create trigger note_change before update on ${table} for each row execute function ${table}_note_change_fn()`,
      );
    }
  }

  override down(): void {
    for (const table of FOLLOWED) {
      this.addSql(`drop trigger note_change on ${table}`);
      this.addSql(`drop function ${table}_note_change_fn`);
      this.addSql(`alter table ${table} drop column change`);
    }
    this.addSql('drop table gift_stock');
  }
}
