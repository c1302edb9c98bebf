import type { SqlEntityManager } from '@mikro-orm/sql';
import { findOwnerChat, type UnusableAccount } from '../../db/repositories/account-states.ts';
import { addMessages } from '../../db/repositories/outbox.ts';
import { unusableText } from '../../domain/accounts/unusable-text.ts';

/** Writes one message to the owner of an account that Telegram refuses; wake the outbox after the commit. */
export async function tellOwner(em: SqlEntityManager, account: UnusableAccount): Promise<void> {
  const { accountId, userId, name, state, reason, fence } = account;
  const owner = await findOwnerChat(em, account);
  if (owner === null) return;
  const html = unusableText({ name, state, code: reason }, owner.language);
  const dedupeKey = `account-${state}:${accountId}:${fence}`;
  const payload = { kind: 'text', html, silent: false } as const;
  await addMessages(em, [{ userId, chatId: owner.chatId, payload, dedupeKey, edits: null }]);
}
