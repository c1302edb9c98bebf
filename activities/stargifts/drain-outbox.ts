import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { DrainReport } from '../../contracts/messages.ts';
import { pauseBot } from '../../db/repositories/outbox.ts';
import { claimMessages, nextMessages, type DueMessage } from '../../db/repositories/outbox-queue.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { RateLimitedError } from '../../providers/errors.ts';
import { answered, sendOne, type Outcome, type Sending } from './send-message.ts';
import { lanesOf } from './send-lanes.ts';

/** Waits of more than that are left to a timer of the workflow. */
const HELD_MS = 2_000;
/** One activity works for about so long, so that a stopped worker gives its work back soon. */
const TURN_MS = 300_000;
/** What is next is read anew after so long; newer edits and chats' own messages are seen then. */
const HEADS_MS = 700;
/** While the Bot API does not answer: doubled with each failure in a row. */
const FIRST_BACK_OFF_MS = 500;
const LONGEST_BACK_OFF_MS = 30_000;

interface Round {
  readonly sending: Sending;
  readonly flying: Set<Promise<void>>;
  /** Lanes of chats whose last message is not recorded yet. */
  readonly busy: Set<string>;
  readonly turnEndsAt: number;
  /** The next message of each chat, oldest first, as known since `headsAt`. */
  heads: readonly DueMessage[];
  headsAt: number;
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
    busy: new Set(),
    turnEndsAt: performance.now() + TURN_MS,
    ...{ heads: [], headsAt: -Infinity },
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
  if (freeIn(round) === null) return null;
  // While the bot has to wait anyway: what goes then is known already.
  if (!(await isAnythingLeft(round))) return null;
  if (freeIn(round) !== 0) return freeIn(round);
  // Only messages whose outcome nobody learns are lost: while there is doubt, a question without effect goes first.
  if (round.failures > 0 && !(await isReached(round))) return freeIn(round);
  const { due, soonestMs } = await choose(round);
  if (due.length > 0) await begin(round, due);
  return soonestMs === null ? null : Math.max(soonestMs, freeIn(round) ?? 0);
}

async function isAnythingLeft(round: Round): Promise<boolean> {
  await refresh(round, round.heads.length === 0 ? 0 : HEADS_MS);
  return round.heads.length > 0 || round.flying.size > 0;
}

/** Reads the next message of each chat anew when what is known is older than that; false = it is not. */
async function refresh(round: Round, olderMs: number): Promise<boolean> {
  if (performance.now() - round.headsAt <= olderMs) return false;
  const { orm, sender } = round.sending;
  round.headsAt = performance.now();
  const heads = await nextMessages(orm.em.fork(), sender);
  round.heads = heads.toSorted(inOrder);
  return true;
}

/** Somebody waits for it; then the oldest. */
const inOrder = (a: DueMessage, b: DueMessage): number => Number(b.urgent) - Number(a.urgent) || a.id - b.id;

interface Choice {
  /** Counted as started. */
  readonly due: readonly DueMessage[];
  /** ms until another may go; null = only an answer can change that. */
  readonly soonestMs: number | null;
}

/** The heads that may go now, oldest first; they are read anew when none of those known may. */
async function choose(round: Round): Promise<Choice> {
  const choice = take(round);
  return choice.due.length === 0 && (await refresh(round, 0)) ? take(round) : choice;
}

function take(round: Round): Choice {
  const { pace, sender } = round.sending;
  const now = performance.now();
  const due = new Set<DueMessage>();
  let soonestMs: number | null = null;
  for (const head of round.heads) {
    const lanes = lanesOf(sender, head);
    const chatMs = pace.chatReadyIn(lanes[0], now);
    if (chatMs === null || round.busy.has(lanes[0])) continue;
    const waitMs = Math.max(chatMs, round.headsAt + head.waitMs - now);
    if (waitMs <= 0 && freeIn(round) === 0) {
      for (const lane of lanes) pace.started(lane);
      due.add(head);
    } else soonestMs = Math.min(soonestMs ?? Infinity, Math.max(0, waitMs));
  }
  round.heads = round.heads.filter((head) => !due.has(head));
  return { due: [...due], soonestMs };
}

async function begin(round: Round, due: readonly DueMessage[]): Promise<void> {
  const { orm, sender, fence } = round.sending;
  const ids = await claimMessages(orm.em.fork(), { sender, fence, ids: due.map(({ id }) => id) });
  if (ids === null) round.stuck = 'another sender took over';
  const claimed = new Set(ids);
  for (const message of due) {
    if (claimed.has(message.id)) fly(round, message);
    else answered(round.sending, message);
  }
}

function fly(round: Round, message: DueMessage): void {
  const [lane] = lanesOf(round.sending.sender, message);
  const flight = sendOne(round.sending, message)
    .then((outcome) => note(round, outcome))
    .catch((err: unknown) => void (round.broken = { err }))
    .then(() => {
      round.flying.delete(flight);
      round.busy.delete(lane);
    });
  round.flying.add(flight);
  round.busy.add(lane);
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
  // Messages that failed beside each other are one failure.
  if (round.failures > 0 && round.botPausedUntil > performance.now()) return;
  round.failures += 1;
  pause(round, Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** Math.min(10, round.failures - 1)));
}

/** Asks the Bot API who the bot is: changes nothing there. */
async function isReached(round: Round): Promise<boolean> {
  const { bot, orm, sender } = round.sending;
  try {
    await bot.me();
    round.failures = 0;
    return true;
  } catch (err) {
    if (err instanceof DomainError) round.stuck = err.code;
    if (err instanceof RateLimitedError) {
      await pauseBot(orm.em.fork(), { sender, ms: err.retryAfterMs });
      pause(round, err.retryAfterMs);
    } else backOff(round);
    return false;
  }
}
