import type { TelegramDcControl } from '../../../sandbox/telegram-dc/control/client.ts';

/** A person in the sandbox's Telegram. */
export interface CastMember {
  readonly phone: string;
  readonly firstName: string;
  readonly username: string;
  readonly balance: number;
  readonly isPremium: boolean;
  /** Of two-step verification; null = off. */
  readonly password: string | null;
}

/** A channel there, with the gifts that the demo buys for it; null = open. */
export interface CastChannel {
  readonly title: string;
  readonly username: string;
  readonly ranges: Readonly<Record<'priceMin' | 'priceMax' | 'supplyMin' | 'supplyMax', number | null>>;
}

const person = (phone: string, firstName: string, more: Partial<CastMember> & { readonly balance: number }) => ({
  ...{ phone, firstName, username: `${firstName.toLowerCase()}_sandbox`, isPremium: false, password: null },
  ...more,
});

export const PEOPLE: readonly CastMember[] = [
  person('79990000001', 'Anna', { balance: 120_000, isPremium: true }),
  person('79990000002', 'Boris', { balance: 60_000, password: 'two steps in the sandbox' }),
  person('79990000003', 'Clara', { balance: 6_300 }),
  person('79990000004', 'Daniil', { balance: 950 }),
];

export const CHANNELS: readonly CastChannel[] = [
  {
    title: 'Rare gifts',
    username: 'rare_gifts_sandbox',
    ranges: { priceMin: 1_000, priceMax: 10_000, supplyMin: null, supplyMax: 50_000 },
  },
  {
    title: 'Small gifts',
    username: 'small_gifts_sandbox',
    ranges: { priceMin: null, priceMax: 500, supplyMin: null, supplyMax: null },
  },
];

/** Where the demo is told of gifts, beside its own accounts. */
const NEWS = { title: 'Gift news', username: 'gift_news_sandbox' };
/** Gifts that were on sale before the switch was turned on: never bought. */
const SHELF = [15, 25, 50, 100].map((stars, place) => ({
  stars,
  title: `Everyday gift ${place + 1}`,
  stickerSeed: place,
}));

export interface Stage {
  /** Chat id of the news channel, as bots know it. */
  readonly newsChat: string;
  /** No batch was released here yet. */
  readonly isNew: boolean;
}

/** Puts into the datacentre who and what is not there yet. */
export async function setStage(control: TelegramDcControl): Promise<Stage> {
  const phones = new Set((await control.users({})).map(({ phone }) => phone));
  for (const member of PEOPLE) if (!phones.has(member.phone)) await control.addUser(member);
  const known = new Map((await control.channels({})).map((channel) => [channel.username, channel.id]));
  const members = PEOPLE.map(({ phone }) => phone);
  for (const { title, username } of [...CHANNELS, NEWS]) {
    if (!known.has(username))
      known.set(username, (await control.addChannel({ title, username, takesGifts: true, members })).id);
  }
  const gifts = await control.gifts({});
  if (gifts.length === 0) await control.releaseGifts({ gifts: SHELF });
  return { newsChat: `-100${known.get(NEWS.username) ?? ''}`, isNew: gifts.every(({ total }) => total === null) };
}
