import type { BuyOrder } from '../accounts/account-state.ts';
import { compareIds } from './decimal-id.ts';
import type { ValidGift } from './gift-row.ts';

/** Supply of a gift whose supply is not said: more than any real one. */
const UNKNOWN_SUPPLY = 1e12;
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a, finished as in MurmurHash3 so that ids which differ in the last digit only are thrown far apart. */
function hash(text: string): number {
  let state = FNV_OFFSET;
  for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), FNV_PRIME);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}

/** An order of ids that looks random, always the same for one seed, whatever the order they come in. */
export function seededOrder(seed: string): (a: string, b: string) => number {
  const places = new Map<string, number>();
  const placeOf = (id: string): number => {
    const known = places.get(id);
    if (known !== undefined) return known;
    const place = hash(`${seed}\u0000${id}`);
    places.set(id, place);
    return place;
  };
  return (a, b) => placeOf(a) - placeOf(b) || compareIds(a, b);
}

/** Gifts in the order their copies are bought: smaller supply, then dearer (or the other way round), then `tieBreak`. */
export function orderGifts(
  gifts: readonly ValidGift[],
  order: BuyOrder,
  tieBreak: (a: string, b: string) => number,
): ValidGift[] {
  const scarcity = ({ supply }: ValidGift): number => (supply > 0 ? supply : UNKNOWN_SUPPLY);
  const bySupply = (a: ValidGift, b: ValidGift): number => scarcity(a) - scarcity(b);
  const byPrice = (a: ValidGift, b: ValidGift): number => b.row.priceStars - a.row.priceStars;
  const [first, second] = order === 'scarcest' ? [bySupply, byPrice] : [byPrice, bySupply];
  return gifts.toSorted((a, b) => first(a, b) || second(a, b) || tieBreak(a.row.id, b.row.id));
}
