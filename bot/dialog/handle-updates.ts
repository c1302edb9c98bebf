import type { SqlEntityManager } from '@mikro-orm/sql';
import type { DialogActivities } from '../../contracts/dialog.ts';
import { closeChat, seeChat } from '../../db/repositories/chats.ts';
import { readDialogState } from '../../db/repositories/dialog-states.ts';
import { MOST_ATTEMPTS, noteUpdateError, takeUpdate, type TakenUpdate } from '../../db/repositories/inbox.ts';
import { talkerOf } from '../../db/repositories/talkers.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import type { MessengerName } from '../../domain/shared/messenger-name.ts';
import { texts } from '../texts/texts.ts';
import { NOTHING_AWAITED, type Reaction, type Talker, type Turn } from './dialog.ts';
import { handleTurn, refused, type Dialog } from './handle-turn.ts';
import { say } from './reactions.ts';
import { writeReaction, type Written } from './write-reaction.ts';

export interface TalkParts {
  readonly dialog: Dialog;
  /** Who may see operators' commands, e.g. `telegram:123`. */
  readonly ownerIds: readonly string[];
  readonly wakeSenders: (messengers: readonly MessengerName[]) => Promise<void>;
  /** ms since 1970. */
  readonly clock?: () => number;
}

const ERROR_LENGTH = 500;

/** Activities of the queue `dialog`: what people say to the bot, one chat at a time. */
export function createDialogActivities(parts: TalkParts): DialogActivities {
  const em = (): SqlEntityManager => parts.dialog.deps.em();
  return {
    async handleUpdates(chat) {
      for (let handled = 0; ; handled += 1) {
        const update = await takeUpdate(em(), chat);
        if (update === null) {
          // Nothing was left to do: an attempt before this one may have died between its commit and its call.
          if (handled === 0) await parts.wakeSenders([chat.messenger]);
          return { handled };
        }
        await handleUpdate(update, parts);
        await parts.wakeSenders([chat.messenger]);
      }
    },
  };
}

async function handleUpdate(update: TakenUpdate, parts: TalkParts): Promise<void> {
  const turn = await turnOf(update, parts);
  const { reaction, state } = await reactionTo(turn, update, parts);
  await written(parts.dialog.deps.em(), { update, turn, reaction, state });
}

async function turnOf(
  { event, person, uuid }: TakenUpdate,
  { dialog, ownerIds, clock = Date.now }: TalkParts,
): Promise<Turn> {
  const { em } = dialog.deps;
  const { userId, role, speaks, zone, isOnboarded } = await talkerOf(em(), person);
  // Before it is handled: what is started now may have something to tell at once.
  if (event.kind === 'blocked') await closeChat(em(), person);
  else await seeChat(em(), userId, person);
  const isOperator = ownerIds.includes(`${person.messenger}:${person.personId}`);
  const talker: Talker = { ...person, userId, role, speaks, zone, isOnboarded, isOperator };
  return { talker, event, state: await readDialogState(em(), person), updateId: uuid, nowMs: clock() };
}

/** @throws what a screen threw, before the last attempt */
async function reactionTo(
  turn: Turn,
  { id, attempts }: TakenUpdate,
  { dialog }: TalkParts,
): Promise<Pick<Written, 'reaction' | 'state'>> {
  // It was begun so often and never ended: whoever begins it dies of it.
  if (attempts > MOST_ATTEMPTS) return { reaction: excuse(turn), state: 'failed' };
  try {
    return { reaction: await handleTurn(turn, dialog), state: 'handled' };
  } catch (err) {
    await noteUpdateError(dialog.deps.em(), { id, error: String(err).slice(0, ERROR_LENGTH) });
    if (attempts < MOST_ATTEMPTS) throw err;
    return { reaction: excuse(turn), state: 'failed' };
  }
}

const excuse = ({ talker }: Turn): Reaction => ({
  ...say(texts(talker.speaks).common.somethingBroke),
  state: NOTHING_AWAITED,
});

/** What is refused while it is being written is told instead. */
async function written(em: SqlEntityManager, outcome: Written): Promise<void> {
  try {
    await writeReaction(em, outcome);
  } catch (err) {
    if (!(err instanceof DomainError)) throw err;
    await writeReaction(em, { ...outcome, reaction: refused(outcome.turn, err) });
  }
}
