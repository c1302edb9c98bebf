import { Accounts20261122 } from './2026-11-22-accounts.ts';
import { Catalog20261121 } from './2026-11-21-catalog.ts';
import { GiftReads20261122 } from './2026-11-22-gift-reads.ts';
import { KeepingRight20261121 } from './2026-11-21-keeping-right.ts';
import { SourcesInDepth20261121 } from './2026-11-21-sources-in-depth.ts';
import { Stargifts20261122 } from './2026-11-22-stargifts.ts';
import { Messages20261122 } from './2026-11-22-messages.ts';

/** In the order in which they run. */
export const migrations = [
  { name: '2026-11-21-catalog', class: Catalog20261121 },
  { name: '2026-11-21-sources-in-depth', class: SourcesInDepth20261121 },
  { name: '2026-11-21-keeping-right', class: KeepingRight20261121 },
  { name: '2026-11-22-accounts', class: Accounts20261122 },
  { name: '2026-11-22-stargifts', class: Stargifts20261122 },
  { name: '2026-11-22-messages', class: Messages20261122 },
  { name: '2026-11-22-gift-reads', class: GiftReads20261122 },
];
