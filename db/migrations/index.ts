import { Catalog20261121 } from './2026-11-21-catalog.ts';

/** In the order in which they run. */
export const migrations = [{ name: '2026-11-21-catalog', class: Catalog20261121 }];
