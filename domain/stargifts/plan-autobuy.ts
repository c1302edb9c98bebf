import { offer, type Buyer, type Candidate } from './candidate.ts';
import { chooseTarget, rankChannels } from './channel-match.ts';
import { compareIds } from './decimal-id.ts';
import { orderGifts, seededOrder } from './gift-order.ts';
import { readGiftRow, type ValidGift } from './gift-row.ts';
import type {
  AutobuyPlan,
  AutobuySettings,
  BuyingAccount,
  DeferredPurchase,
  GiftSkip,
  PlanInput,
  PlannedPurchase,
  SkipReason,
} from './plan-types.ts';
import { balanceOf, Purse } from './purse.ts';

/** What is made while accounts are walked. */
interface Walk {
  readonly candidates: readonly Candidate[];
  readonly operations: PlannedPurchase[];
  readonly deferred: DeferredPurchase[];
}

/**
 * Plans which account buys which gift for whom. Greedy by accounts: the richest takes every copy it can of the first gift,
 * then of the next; what is left goes to the next account. Work grows with accounts × gifts.
 */
export function planAutobuy(input: PlanInput): AutobuyPlan {
  const { valid, skips } = readRows(input);
  const ordered = orderGifts(valid, input.settings.order, input.tieBreak ?? seededOrder(input.seed));
  const accounts = buyersOf(input);
  const candidates = chooseCandidates(ordered, input, skips);
  const stopped = stopFor(input, accounts);
  const walk: Walk = { candidates, operations: [], deferred: [] };
  if (stopped === null) {
    const purse = new Purse(input);
    for (const account of accounts) planAccount({ account, purse, closed: input.closed, nowMs: input.nowMs }, walk);
  }
  for (const candidate of candidates) {
    if (candidate.isPlanned || candidate.isDeferred) continue;
    skips.push(skipOf(candidate, stopped));
  }
  skips.sort((a, b) => compareIds(a.giftId, b.giftId));
  return { order: ordered.map(({ row }) => row.id), operations: walk.operations, deferred: walk.deferred, skips };
}

/** An id that comes twice is one gift: a row that makes sense goes before one that does not. */
function readRows({ gifts }: PlanInput): { valid: ValidGift[]; skips: GiftSkip[] } {
  const valid: ValidGift[] = [];
  const senseless = new Map<string, GiftSkip>();
  for (const row of gifts) {
    const read = readGiftRow(row);
    if (typeof read === 'string') senseless.set(row.id, { giftId: row.id, reason: read, nearest: null });
    else valid.push(read);
  }
  for (const { row } of valid) senseless.delete(row.id);
  return { valid, skips: [...senseless.values()] };
}

/** Accounts by what they have, the richest first. */
function buyersOf({ accounts, closed }: PlanInput): BuyingAccount[] {
  const usable = accounts.filter(({ id }) => closed?.accountIds.has(id) !== true);
  return usable.toSorted((a, b) => balanceOf(b) - balanceOf(a) || compareIds(a.id, b.id));
}

/** What stops the whole plan. */
function stopFor({ channels, settings }: PlanInput, accounts: readonly BuyingAccount[]): SkipReason | null {
  const { accountCapStars, dropCapStars, dayCapStars, mayBuyUncapped } = settings;
  const isCapped = [accountCapStars, dropCapStars, dayCapStars].some((cap) => cap !== null);
  if (!isCapped && !mayBuyUncapped) return 'no_spend_cap';
  if (accounts.length === 0) return 'no_accounts';
  return channels.length === 0 && settings.forcedTarget === null ? 'no_channels' : null;
}

/** The target of a gift is the same for every account: it is chosen once. An id that comes twice is one gift. */
function chooseCandidates(ordered: readonly ValidGift[], input: PlanInput, skips: GiftSkip[]): Candidate[] {
  const ranked = rankChannels(input.channels);
  const seen = new Set<string>();
  const candidates: Candidate[] = [];
  for (const gift of ordered) {
    const giftId = gift.row.id;
    if (seen.has(giftId)) continue;
    seen.add(giftId);
    const target = chooseTarget(gift, ranked, input.settings);
    const reason = closedTo(gift, input) ?? (target === null && input.channels.length > 0 ? 'no_channel_match' : null);
    if (reason !== null) skips.push({ giftId, reason, nearest: null });
    else {
      const left = gift.remaining;
      candidates.push({ gift, target: target ?? '', left, isPlanned: false, isDeferred: false, nearest: null });
    }
  }
  return candidates;
}

/** Why nobody may buy a gift that makes sense. */
function closedTo({ row, remaining }: ValidGift, { settings, closed }: PlanInput): SkipReason | null {
  if (settings.excludedGiftIds.has(row.id)) return 'excluded';
  if (row.isAuction) return 'auction_only';
  if (remaining === 0) return 'not_available';
  const reason = closed?.gifts.get(row.id);
  if (reason !== undefined) return reason;
  return isAbove(row.priceStars, settings) ? 'above_max_price' : null;
}

const isAbove = (priceStars: number, { maxPriceStars }: AutobuySettings): boolean =>
  maxPriceStars !== null && !(priceStars <= maxPriceStars);

function planAccount(buyer: Buyer, { candidates, operations, deferred }: Walk): void {
  buyer.purse.open(buyer.account);
  for (const candidate of candidates) {
    if (candidate.left === 0) continue;
    const { copies, runAt } = offer(candidate, buyer);
    if (copies === 0) continue;
    const { row, supply } = candidate.gift;
    const { priceStars } = row;
    const operation = { accountId: buyer.account.id, target: candidate.target, giftId: row.id, priceStars, supply };
    if (runAt !== null) {
      candidate.isDeferred = true;
      deferred.push({ ...operation, runAt });
      continue;
    }
    candidate.isPlanned = true;
    candidate.left -= copies;
    buyer.purse.spend(copies * priceStars);
    for (let copy = 0; copy < copies; copy++) operations.push(operation);
  }
}

function skipOf({ gift: { row }, target, nearest }: Candidate, stopped: SkipReason | null): GiftSkip {
  if (stopped !== null || nearest === null) {
    return { giftId: row.id, reason: stopped ?? 'no_accounts', nearest: null };
  }
  const { account, haveStars, refusal } = nearest;
  return {
    giftId: row.id,
    reason: refusal,
    nearest: { accountId: account.id, target, haveStars, needStars: row.priceStars },
  };
}
