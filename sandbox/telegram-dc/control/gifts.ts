import type { z } from 'zod';
import type { Datacentre } from '../datacentre.ts';
import { generateGifts, giftInputSchema, releaseGift, type giftChangeSchema } from '../gifts/release.ts';
import type { Gift } from '../state/records.ts';
import type { GiftCommands } from './command-types.ts';
import { ControlError } from './control-error.ts';

const FIRST_GIFT_ID = 5_900_000_000_000_000_000n;
const GIFT_ID_STEP = 1_000_003n;

function changed(gift: Gift, fields: z.output<typeof giftChangeSchema>, now: number): Gift {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const after: Gift = { ...gift, ...given };
  const isSoldOut = after.remaining === 0;
  return { ...after, lastSaleAt: isSoldOut ? (gift.lastSaleAt ?? now) : null };
}

/** The gifts on sale. */
export function giftCommands(dc: Datacentre): GiftCommands {
  const freshId = () => (FIRST_GIFT_ID + BigInt(dc.store.nextId()) * GIFT_ID_STEP).toString();
  return {
    releaseGifts: ({ gifts, generate }) => {
      const madeUp = generate === undefined ? [] : generateGifts(generate.count, generate.seed);
      const inputs = [...gifts, ...madeUp.map((input) => giftInputSchema.parse(input))];
      const known = inputs.find(({ id }) => id !== undefined && dc.store.gifts.get(id) !== undefined);
      if (known !== undefined) throw new ControlError(`gift ${known.id ?? ''} is on sale`);
      const fresh = inputs.map((input) => releaseGift(input, { id: freshId(), now: dc.now() }));
      dc.store.commit(fresh.map((gift) => dc.store.gifts.put(gift)));
      return fresh;
    },
    changeGift: ({ id, ...fields }) => {
      dc.otherBuyers.settle();
      const gift = dc.store.gifts.get(id);
      if (gift === undefined) throw new ControlError(`no gift ${id}`);
      const after = changed(gift, fields, dc.now());
      dc.store.commit([dc.store.gifts.put(after)]);
      return after;
    },
    gifts: () => {
      dc.otherBuyers.settle();
      return dc.store.gifts.all();
    },
    savedGifts: () => dc.store.savedGifts.all(),
  };
}
