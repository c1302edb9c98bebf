import { Advice20261123 } from './2026-11-23-advice.ts';
import { Accounts20261122 } from './2026-11-22-accounts.ts';
import { Catalog20261121 } from './2026-11-21-catalog.ts';
import { Focus20261123 } from './2026-11-23-focus.ts';
import { Goals20261123 } from './2026-11-23-goals.ts';
import { People20261123 } from './2026-11-23-people.ts';
import { Dialog20261123 } from './2026-11-23-dialog.ts';
import { GiftReads20261122 } from './2026-11-22-gift-reads.ts';
import { Groups20261123 } from './2026-11-23-groups.ts';
import { Habits20261123 } from './2026-11-23-habits.ts';
import { KeepingRight20261121 } from './2026-11-21-keeping-right.ts';
import { Reminders20261123 } from './2026-11-23-reminders.ts';
import { SourcesInDepth20261121 } from './2026-11-21-sources-in-depth.ts';
import { Stargifts20261122 } from './2026-11-22-stargifts.ts';
import { Messages20261122 } from './2026-11-22-messages.ts';
import { Messenger20261123 } from './2026-11-23-messenger.ts';
import { Sketches20261123 } from './2026-11-23-sketches.ts';

/** In the order in which they run. */
export const migrations = [
  { name: '2026-11-21-catalog', class: Catalog20261121 },
  { name: '2026-11-21-sources-in-depth', class: SourcesInDepth20261121 },
  { name: '2026-11-21-keeping-right', class: KeepingRight20261121 },
  { name: '2026-11-22-accounts', class: Accounts20261122 },
  { name: '2026-11-22-stargifts', class: Stargifts20261122 },
  { name: '2026-11-22-messages', class: Messages20261122 },
  { name: '2026-11-22-gift-reads', class: GiftReads20261122 },
  { name: '2026-11-23-messenger', class: Messenger20261123 },
  { name: '2026-11-23-sketches', class: Sketches20261123 },
  { name: '2026-11-23-dialog', class: Dialog20261123 },
  { name: '2026-11-23-focus', class: Focus20261123 },
  { name: '2026-11-23-people', class: People20261123 },
  { name: '2026-11-23-goals', class: Goals20261123 },
  { name: '2026-11-23-reminders', class: Reminders20261123 },
  { name: '2026-11-23-habits', class: Habits20261123 },
  { name: '2026-11-23-groups', class: Groups20261123 },
  { name: '2026-11-23-advice', class: Advice20261123 },
];
