/** What happened: to a source's pages, to a source, to one product, to somebody's watch, to one reading. */
export const EVENT_KINDS = [
  'layout-changed',
  'source-broken',
  'price-dropped',
  'back-in-stock',
  'product-gone',
  'quarantined',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Plain values that tell the rest; which ones follows from the kind. */
export type EventPayload = Readonly<Record<string, unknown>>;
