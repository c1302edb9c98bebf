const FOLLOWED = ['source_id', 'price_minor', 'gone_at', 'currency', 'availability'];
const listed = (row: string): string => FOLLOWED.map((column) => `${row}.${column}`).join(', ');

/** Keeps what products are filtered by beside their sketches; see `ProductSketch`. */
export const followOffers = {
  name: 'note_offer',
  timing: 'after' as const,
  events: ['update' as const],
  forEach: 'row' as const,
  body: `if (${listed('old')}) is distinct from (${listed('new')}) then update product_sketch set (${FOLLOWED.join(', ')}) = (${listed('new')}) where product_id = new.id; end if; return null;`,
};
