import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { TelegramDcControl } from '../../../sandbox/telegram-dc/control/client.ts';
import { SetupError } from '../errors.ts';
import type { Progress } from '../terminal.ts';
import { firstBatch } from './batch.ts';
import type { DemoUser } from './demo-user.ts';
import { figuresOf, messagesSince, type Figures, type Release } from './figures.ts';

const POLL_MS = 250;
const BASELINE_MS = 30_000;
const BOUGHT_MS = 90_000;
const TOLD_MS = 90_000;

const count = z.number();
const drop = z.object({
  id: z.string(),
  state: z.string(),
  detectedAt: z.string(),
  purchases: z.record(z.string(), count),
  report: z.object({ bought: count }).nullable(),
});
const watch = z.object({ state: z.string(), gifts: count });
const drops = z.object({ items: z.array(drop) });
type Drop = z.output<typeof drop>;

/** What is needed to see a batch through. */
export interface ReleaseDeps {
  readonly user: DemoUser;
  readonly control: TelegramDcControl;
  readonly botApiUrl: string;
  /** Chats that get the report: the user's accounts. */
  readonly chats: readonly string[];
}

export interface ReleaseResult extends Figures {
  readonly gifts: number;
  readonly origin: string;
  readonly messages: number;
}

/** Releases the first batch and stays with it until it is bought, told and reported. @throws SetupError when that takes too long */
export async function releaseFirstBatch(deps: ReleaseDeps, progress: Progress): Promise<ReleaseResult> {
  progress('waiting for the watcher to know what is on sale already');
  const listed = await baseline(deps);
  const { gifts, origin } = firstBatch();
  const after = (await deps.control.requests({})).at(-1)?.number ?? 0;
  const [first] = await deps.control.releaseGifts({ gifts: [...gifts] });
  const release = { at: first?.releasedAt ?? Date.now(), after, listed: listed + gifts.length };
  progress(`${gifts.length} gifts are on sale`);
  const bought = await untilBought(deps, release, progress);
  const reported = await untilReported(deps, { release, bought }, progress);
  return { ...(await figuresOf(deps.control, release)), gifts: gifts.length, origin, messages: reported };
}

/** Gifts that the watcher has taken as known. */
async function baseline({ user, control }: ReleaseDeps): Promise<number> {
  const { length: listed } = await control.gifts({});
  const isKnown = async (): Promise<boolean> => {
    const { state, gifts } = await user.get(watch, '/api/gift-watch');
    return state === 'watching' && gifts >= listed;
  };
  await until(isKnown, BASELINE_MS, 'the watcher did not get the list of gifts');
  return listed;
}

async function untilBought({ user }: ReleaseDeps, { at }: Release, progress: Progress): Promise<Drop> {
  let found: Drop | undefined;
  const isBought = async (): Promise<boolean> => {
    const { items } = await user.get(drops, '/api/drops?limit=5');
    found = items.find(({ detectedAt }) => Date.parse(detectedAt) >= at);
    if (found === undefined) return false;
    const { purchases, report } = found;
    const all = Object.values(purchases).reduce((sum, some) => sum + some, 0);
    progress(`${purchases['paid'] ?? 0} of ${all} purchases paid`);
    return report !== null && ['done', 'waiting', 'stopped'].includes(found.state);
  };
  await until(isBought, BOUGHT_MS, 'the batch was not bought');
  if (found === undefined) throw new SetupError('the batch led to no drop');
  return found;
}

interface Bought {
  readonly release: Release;
  readonly bought: Drop;
}

const report = z.object({ messages: z.array(z.string()) });

/** Messages that told of the batch, once every account has its report. */
async function untilReported(deps: ReleaseDeps, { release, bought }: Bought, progress: Progress): Promise<number> {
  const { messages: texts } = await deps.user.get(report, `/api/drops/${bought.id}`);
  let told = 0;
  const isReported = async (): Promise<boolean> => {
    const sent = await messagesSince(deps.botApiUrl, release.at);
    told = sent.length;
    const waiting = deps.chats.filter((chat) =>
      texts.some((text) => !sent.some(({ chatId, source }) => chatId === chat && source === text)),
    );
    progress(`bought; ${told} messages sent, ${deps.chats.length - waiting.length} of ${deps.chats.length} reports`);
    return waiting.length === 0;
  };
  await until(isReported, TOLD_MS, 'the report did not arrive');
  return told;
}

async function until(isDone: () => Promise<boolean>, withinMs: number, otherwise: string): Promise<void> {
  const untilMs = Date.now() + withinMs;
  while (!(await isDone())) {
    if (Date.now() > untilMs) throw new SetupError(`${otherwise} within ${withinMs / 1000} s`);
    await delay(POLL_MS);
  }
}
