import type { SqlEntityManager } from '@mikro-orm/sql';
import { writeDialogState } from '../../db/repositories/dialog-states.ts';
import { settleUpdate, type TakenUpdate } from '../../db/repositories/inbox.ts';
import { keepMessageFile } from '../../db/repositories/message-files.ts';
import { talkerOf } from '../../db/repositories/talkers.ts';
import { replyInChat } from '../../db/repositories/tell-person.ts';
import type { OutboxPayload } from '../../domain/shared/outbox-message.ts';
import type { Reaction, Reply, Turn } from './dialog.ts';

/** Toasts are cut to what both messengers show. */
const TOAST_LENGTH = 200;

export interface Written {
  readonly update: TakenUpdate;
  readonly turn: Turn;
  readonly reaction: Reaction;
  /** `failed`: the person gets an excuse instead of an answer. */
  readonly state: 'handled' | 'failed';
}

/** All that comes of an update, in one transaction; nothing, when somebody else has handled it meanwhile. */
export async function writeReaction(em: SqlEntityManager, { update, turn, reaction, state }: Written): Promise<void> {
  await em.transactional(async (tx) => {
    if (!(await settleUpdate(tx, { id: update.id, state }))) return;
    await reaction.write?.(tx);
    if (reaction.state !== null) await writeDialogState(tx, turn.talker, reaction.state);
    // What was done may have made another user of this person.
    const { userId } = await talkerOf(tx, turn.talker);
    const payloads = await Promise.all(reaction.replies.map(async (reply) => await payloadOf(tx, reply, turn)));
    for (const [place, payload] of [...payloads, ...answerTo(turn, reaction)].entries())
      await replyInChat(tx, { userId, dedupeKey: `dialog:${update.uuid}:${place}`, payload }, turn.talker);
  });
}

async function payloadOf(tx: SqlEntityManager, reply: Reply, { event }: Turn): Promise<OutboxPayload> {
  const { html } = reply;
  const silent = false;
  switch (reply.kind) {
    case 'say':
      return { kind: 'text', html, silent, ...keyboardOf(reply) };
    case 'change':
      return event.kind === 'press'
        ? { kind: 'edit', html, messageId: event.messageId, ...keyboardOf(reply) }
        : { kind: 'text', html, silent, ...keyboardOf(reply) };
    case 'picture':
      return { kind: 'picture', html, silent, contentHash: await keepMessageFile(tx, reply.png), ...keyboardOf(reply) };
    case 'file':
      return { kind: 'file', html, silent, name: reply.name, contentHash: await keepMessageFile(tx, reply.bytes) };
  }
}

const keyboardOf = (reply: Exclude<Reply, { readonly kind: 'file' }>) =>
  reply.keyboard === undefined ? {} : { keyboard: reply.keyboard };

/** A press is always answered: its button spins until then. */
const answerTo = ({ event }: Turn, { toast }: Reaction): OutboxPayload[] =>
  event.kind === 'press'
    ? [{ kind: 'answer', callbackId: event.callbackId, toast: toast?.slice(0, TOAST_LENGTH) ?? null }]
    : [];
