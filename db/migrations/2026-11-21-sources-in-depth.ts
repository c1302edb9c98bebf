import { Migration } from '@mikro-orm/migrations';

/** Shares of a host, hubs that discovery found, and whether a source needs a browser. */
export class SourcesInDepth20261121 extends Migration {
  override up(): void {
    this
      .addSql(`create table host_lease (host text not null, token text not null, crawl_id uuid not null, cap int not null,
      delay_ms int not null, slots int not null, pace_ms int not null, joined_at timestamptz not null,
      expires_at timestamptz not null, primary key (host, token))`);
    this.addSql(`create table source_hub (url text primary key,
      found_by_id uuid not null constraint source_hub_found_by_id_foreign references source (id) on delete cascade,
      found_on text not null, found_at timestamptz not null default now(), proposed_at timestamptz null,
      proposed_as uuid null)`);
    this.addSql('create index source_hub_found_by_id_proposed_at_index on source_hub (found_by_id, proposed_at)');
    this.addSql('alter table source add column rendering text null, add column rendering_since timestamptz null');
  }

  override down(): void {
    this.addSql('alter table source drop column rendering, drop column rendering_since');
    this.addSql('drop table source_hub');
    this.addSql('drop table host_lease');
  }
}
