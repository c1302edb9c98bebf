import { z } from 'zod';
import { CHANNELS } from './cast.ts';
import type { DemoUser } from './demo-user.ts';

/** The sandbox's Bot API takes any token that looks like one. */
const BOT_TOKEN = '7000000001:the-demo-bot-of-the-sandbox-no-secret';

const anything = z.unknown();
const channels = z.object({ items: z.array(z.object({ username: z.string().nullable() })) });
const settings = z.object({ botUsername: z.string().nullable() });

/** Adds the demo's channels where absent; each account is asked what it may do there. */
export async function addChannels(user: DemoUser): Promise<void> {
  const { items } = await user.get(channels, '/api/channels');
  const known = new Set(items.map(({ username }) => username));
  for (const { username, ranges } of CHANNELS) {
    if (!known.has(username)) await user.post(anything, '/api/channels', { target: `@${username}`, ...ranges });
  }
}

/** Sets caps, chats and the bot, and turns the switch on: once, what a person changed later stays. */
export async function switchOn(user: DemoUser, newsChat: string): Promise<void> {
  const { botUsername } = await user.get(settings, '/api/settings');
  if (botUsername !== null) return;
  await user.patch('/api/settings', {
    capAccountStars: 13_750,
    capDropStars: 45_000,
    capDayStars: 200_000,
    maxPriceStars: 10_000,
    floorStars: 100,
    notifyChats: [newsChat],
    notifyDms: true,
    botToken: BOT_TOKEN,
  });
  await user.patch('/api/settings', { autobuyOn: true });
}
