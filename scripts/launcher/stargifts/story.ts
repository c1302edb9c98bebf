import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../../../config/env.ts';
import { createControlClient } from '../../../sandbox/telegram-dc/control/client.ts';
import { apiUrlOf, dataDirOf } from '../embedded-set.ts';
import { botApiUrlOf, controlUrlOf } from '../telegram-sandbox.ts';
import { type Progress } from '../terminal.ts';
import { signInAccounts } from './accounts.ts';
import { setStage } from './cast.ts';
import { DemoUser } from './demo-user.ts';
import { releaseFirstBatch, type ReleaseResult } from './release.ts';
import { addChannels, switchOn } from './settings.ts';

/** What came of the story, for the summary. */
export interface StoryResult {
  readonly text: string;
  readonly name: string;
  readonly password: string;
  readonly passwordFile: string;
}

const accounts = z.object({ items: z.array(z.object({ telegramId: z.string() })) });

/**
 * Star gifts, played over REST in the sandbox's Telegram: a user, accounts, channels, caps, the switch; then a batch is released
 * and bought. A later start finds all of it and releases nothing.
 */
export async function playStory(config: Config, progress: Progress): Promise<StoryResult> {
  const control = createControlClient(controlUrlOf(config));
  const passwordFile = join(dataDirOf(config), 'demo-password');
  const { newsChat, isNew } = await setStage(control);
  const user = await DemoUser.signIn({ apiUrl: apiUrlOf(config), passwordFile });
  const { name, password } = user;
  if (isNew) {
    await signInAccounts({ user, control }, progress);
    progress('asking every account what it may do in the channels');
    await addChannels(user);
    await switchOn(user, newsChat);
  }
  const { items } = await user.get(accounts, '/api/accounts');
  const chats = items.map(({ telegramId }) => telegramId);
  const deps = { user, control, botApiUrl: botApiUrlOf(config), chats };
  const text = isNew
    ? inWords(await releaseFirstBatch(deps, progress), chats.length)
    : `${chats.length} accounts, found from an earlier start`;
  return { text, name, password, passwordFile };
}

function inWords({ gifts, origin, bought, stars, messages, ...times }: ReleaseResult, accountCount: number): string {
  const [found, form, paid] = [times.foundMs, times.firstFormMs, times.lastPaidMs].map((ms) => `${ms ?? '?'} ms`);
  return (
    `${gifts} gifts ${origin}, ${accountCount} accounts: found after ${found ?? ''}, first payment form after ${form ?? ''}, ` +
    `${bought} bought for ${stars} stars after ${paid ?? ''}, ${messages} messages`
  );
}
