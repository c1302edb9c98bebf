import type { SqlEntityManager } from '@mikro-orm/sql';
import type { ChatKey } from './chats.ts';

/** What the bot waits for in a chat; `awaiting` null = nothing. */
export interface DialogStateRow {
  readonly awaiting: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** How long a question stays open. */
const OPEN_HOURS = 24;

/** Where the dialog stands; a question of over a day ago is forgotten, as the person has done. */
export async function readDialogState(em: SqlEntityManager, { messenger, chatId }: ChatKey): Promise<DialogStateRow> {
  const [row] = await em.execute<DialogStateRow[]>(
    `select awaiting, data from dialog_state where messenger = ? and chat_id = ?
       and updated_at > clock_timestamp() - ? * interval '1 hour'`,
    [messenger, chatId, OPEN_HOURS],
  );
  return row ?? { awaiting: null, data: {} };
}

/** Sets what is awaited in a chat from now on. */
export async function writeDialogState(
  em: SqlEntityManager,
  { messenger, chatId }: ChatKey,
  { awaiting, data }: DialogStateRow,
): Promise<void> {
  await em.execute(
    `insert into dialog_state (messenger, chat_id, awaiting, data, updated_at) values (?, ?, ?, ?::jsonb, clock_timestamp())
     on conflict (messenger, chat_id) do update set awaiting = excluded.awaiting, data = excluded.data,
       updated_at = excluded.updated_at`,
    [messenger, chatId, awaiting, JSON.stringify(data)],
  );
}
