import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { DrainReport } from '../../contracts/messages.ts';
import { pauseBot } from '../../db/repositories/outbox.ts';
import { claimMessages, countPending, nextMessages, type DueMessage } from '../../db/repositories/outbox-queue.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { RateLimitedError } from '../../providers/errors.ts';
import { sendOne, type Outcome, type Sending } from './send-message.ts';

/** Waits of more than that are left to a timer of the workflow. */
const HELD_MS = 2_000;
/** One activity works for about so long, so that a stopped worker gives its work back soon. */
const TURN_MS = 300_000;
/** While the Bot API does not answer: doubled with each failure in a row. */
const FIRST_BACK_OFF_MS = 500;
const LONGEST_BACK_OFF_MS = 30_000;

interface Round {
  readonly sending: Sending;
  readonly flying: Set<Promise<void>>;
  readonly turnEndsAt: number;
  sent: number;
  botPausedUntil: number;
  /** Failures in a row to reach the Bot API. */
  failures: number;
  /** Why the drain ends although messages are left. */
  stuck: string | null;
  /** The database failed: nothing more is begun. */
  broken: { readonly err: unknown } | null;
}

/** Sends what the pace allows, chat beside chat, until nothing is left or the next message has to wait for long. */
export async function drain(sending: Sending, botPausedUntil: number): Promise<DrainReport> {
  const round: Round = {
    sending,
    flying: new Set(),
    turnEndsAt: performance.now() + TURN_MS,
    ...{ sent: 0, botPausedUntil, failures: 0, stuck: null, broken: null },
  };
  try {
    for (;;) {
      sending.signal.throwIfAborted();
      const waitMs = isOver(round) ? null : await sendDue(round);
      if (round.broken !== null) throw round.broken.err;
      if (round.flying.size === 0) {
        if (round.stuck !== null) return { sent: round.sent, nextInMs: null, stuck: round.stuck };
        if (isOver(round)) return { sent: round.sent, nextInMs: 0, stuck: null };
        if (waitMs === null || waitMs > HELD_MS) return { sent: round.sent, nextInMs: waitMs, stuck: null };
      }
      await nextMove(round, waitMs);
    }
  } finally {
    // What has left is recorded, whatever ends the drain.
    await Promise.allSettled(round.flying);
  }
}

const isOver = ({ stuck, broken, turnEndsAt }: Round): boolean =>
  stuck !== null || broken !== null || performance.now() > turnEndsAt;

/** Until an answer comes, a message may go, or the drain is cancelled. */
async function nextMove({ flying, sending }: Round, waitMs: number | null): Promise<void> {
  const over = new AbortController();
  const { signal } = over;
  const ends: Promise<unknown>[] = [once(sending.signal, 'abort', { signal }), ...flying];
  if (waitMs !== null) ends.push(delay(Math.ceil(waitMs), undefined, { signal }));
  try {
    await Promise.race(ends);
  } finally {
    over.abort();
  }
}

/** Starts what may go now; returns ms until something else may, or null: only an answer can change that, or nothing is left. */
async function sendDue(round: Round): Promise<number | null> {
  const free = freeIn(round);
  if (free === null) return null;
  if (free > 0) return (await isAnythingLeft(round)) ? free : null;
  const heads = await nextMessages(round.sending.orm.em.fork(), round.sending.userId);
  if (heads.length === 0) return null;
  // Only messages whose outcome nobody learns are lost: while there is doubt, a question without effect goes first.
  if (round.failures > 0 && !(await isReached(round))) return freeIn(round);
  const { due, soonestMs } = choose(round, heads);
  if (due.length > 0) await begin(round, due);
  return soonestMs === null ? null : Math.max(soonestMs, freeIn(round) ?? 0);
}

async function isAnythingLeft({ flying, sending }: Round): Promise<boolean> {
  return flying.size > 0 || (await countPending(sending.orm.em.fork(), sending.userId)) > 0;
}

/** The heads that may go now, oldest first, counted as started; and ms until another may go. */
function choose(
  round: Round,
  heads: readonly DueMessage[],
): { readonly due: readonly DueMessage[]; readonly soonestMs: number | null } {
  const { pace } = round.sending;
  const due: DueMessage[] = [];
  let soonestMs: number | null = null;
  for (const head of heads.toSorted((a, b) => a.id - b.id)) {
    const chatMs = pace.chatReadyIn(head.chatId, performance.now());
    if (chatMs === null) continue;
    const waitMs = Math.max(chatMs, head.waitMs);
    const botMs = freeIn(round);
    if (waitMs === 0 && botMs === 0) {
      pace.started(head.chatId);
      due.push(head);
    } else soonestMs = Math.min(soonestMs ?? Infinity, waitMs);
  }
  return { due, soonestMs };
}

async function begin(round: Round, due: readonly DueMessage[]): Promise<void> {
  const { orm, userId, fence, pace } = round.sending;
  const claimed = new Set(await claimMessages(orm.em.fork(), { userId, fence, ids: due.map(({ id }) => id) }));
  if (claimed.size === 0) round.stuck = 'another sender took over';
  for (const message of due) {
    if (claimed.has(message.id)) fly(round, message);
    else pace.answered(message.chatId, performance.now());
  }
}

function fly(round: Round, message: DueMessage): void {
  const flight = sendOne(round.sending, message)
    .then((outcome) => note(round, outcome))
    .catch((err: unknown) => void (round.broken = { err }))
    .then(() => {
      round.flying.delete(flight);
      round.sending.pace.answered(message.chatId, performance.now());
    });
  round.flying.add(flight);
}

/** ms until the bot may send; null = an answer must come first. */
function freeIn({ sending, botPausedUntil }: Round): number | null {
  const now = performance.now();
  const ready = sending.pace.botReadyIn(now);
  return ready === null ? null : Math.max(ready, botPausedUntil - now);
}

function note(round: Round, outcome: Outcome): void {
  if (outcome.kind === 'stuck') round.stuck = outcome.reason;
  if (outcome.kind === 'sent') round.sent += 1;
  if (outcome.kind === 'bot-paused') pause(round, outcome.ms);
  if (outcome.kind === 'not-reached') backOff(round);
}

function pause(round: Round, ms: number): void {
  round.botPausedUntil = Math.max(round.botPausedUntil, performance.now() + ms);
}

function backOff(round: Round): void {
  round.failures += 1;
  pause(round, Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** Math.min(10, round.failures - 1)));
}

/** Asks the Bot API who the bot is: changes nothing there. */
async function isReached(round: Round): Promise<boolean> {
  const { bot, orm, userId } = round.sending;
  try {
    await bot.me();
    round.failures = 0;
    return true;
  } catch (err) {
    if (err instanceof DomainError) round.stuck = err.code;
    if (err instanceof RateLimitedError) {
      await pauseBot(orm.em.fork(), { userId, ms: err.retryAfterMs });
      pause(round, err.retryAfterMs);
    } else backOff(round);
    return false;
  }
}
