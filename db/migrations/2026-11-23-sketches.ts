import { Migration } from '@mikro-orm/migrations';
import { followOffers } from '../entities/follow-offers.ts';

/** The indexes of vectors have names that are made when they are; each is built anew at the next indexing. */
const DROP_VECTOR_INDEXES = `do $$ declare name text; begin
  for name in select indexname from pg_indexes where tablename = 'product_vector' and indexname like 'product\\_vector\\_hnsw\\_%'
  loop execute format('drop index %I', name); end loop; end $$`;

/** Vectors as bits beside what products are filtered by; indexes of vectors are over half precision. */
export class Sketches20261123 extends Migration {
  override up(): void {
    this
      .addSql(`create table product_sketch (product_id uuid not null constraint product_sketch_product_id_foreign references product (id) on delete cascade,
      space text not null, source_id uuid not null, price_minor bigint null, gone_at timestamptz null, currency text null,
      availability text null, sketch bit varying not null, primary key (product_id, space))`);
    this.addSql(`insert into product_sketch
      select product.id, space, product.source_id, price_minor, gone_at, currency, availability, binary_quantize(embedding)
      from product_vector join product on product.id = product_id join embedding_space on embedding_space.name = space
      where kind = 'semantic'`);
    this.addSql(`create index product_sketch_covering_index on product_sketch (space, currency, price_minor)
      include (product_id, source_id, gone_at, availability, sketch)`);
    this.addSql(
      `create function product_note_offer_fn() returns trigger language plpgsql as $$ begin ${followOffers.body} end; $$`,
    );
    this.addSql(
      'create trigger note_offer after update on product for each row execute function product_note_offer_fn()',
    );
    this.addSql(DROP_VECTOR_INDEXES);
  }

  override down(): void {
    this.addSql('drop trigger note_offer on product');
    this.addSql('drop function product_note_offer_fn');
    this.addSql('drop table product_sketch');
    this.addSql(DROP_VECTOR_INDEXES);
  }
}
