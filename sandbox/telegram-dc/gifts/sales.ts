import type { Datacentre } from '../datacentre.ts';
import { RpcRefusal } from '../mtproto/rpc.ts';
import { targetKey, type Target } from '../peers.ts';
import type { Form, Gift, SavedGift, User } from '../state/records.ts';
import type { Change } from '../state/table.ts';

/** A form can be paid that long. */
export const FORM_MS = 10 * 60_000;

/** What is bought, and for whom. */
export interface Order {
  readonly gift: Gift;
  readonly target: Target;
  readonly isNameHidden: boolean;
  readonly message: string | null;
}

/** Copies that this account still may buy; null = any number. */
export function perUserRemaining(gift: Gift, user: User): number | null {
  return gift.perUserTotal === null ? null : Math.max(0, gift.perUserTotal - (gift.boughtBy[user.id] ?? 0));
}

/** Until when this account may not send the gift; null = it may. */
export function lockOf(gift: Gift, user: User, now: number): number | null {
  const until = gift.accountLocks[user.id] ?? gift.accountLocks[user.phone] ?? gift.lockedUntil;
  return until !== null && until > now ? until : null;
}

/** @throws RpcRefusal what keeps this account from buying the gift now */
export function checkOffer(dc: Datacentre, user: User, { gift, target }: Pick<Order, 'gift' | 'target'>): void {
  if (gift.isAuction) throw new RpcRefusal(400, 'STARGIFT_INVALID');
  if (target.kind === 'channel' && !target.channel.takesGifts) throw new RpcRefusal(400, 'STARGIFT_PEER_INVALID');
  if (gift.remaining === 0) throw new RpcRefusal(400, 'STARGIFT_USAGE_LIMITED');
  if (perUserRemaining(gift, user) === 0) throw new RpcRefusal(400, 'STARGIFT_USER_USAGE_LIMITED');
  if (gift.requirePremium && !user.isPremium) throw new RpcRefusal(403, 'PREMIUM_ACCOUNT_REQUIRED');
  if (lockOf(gift, user, dc.now()) !== null) throw new RpcRefusal(400, 'STARGIFT_NOT_AVAILABLE');
}

/** What a payment form says and asks. */
export function formPrice(gift: Gift): number {
  return gift.formStars ?? gift.stars;
}

/** A new form. @throws RpcRefusal as `checkOffer` */
export function openForm(dc: Datacentre, user: User, order: Order): Form {
  checkOffer(dc, user, order);
  const form: Form = {
    id: dc.randomId(),
    userId: user.id,
    giftId: order.gift.id,
    peer: targetKey(order.target),
    stars: formPrice(order.gift),
    createdAt: dc.now(),
    isPaid: false,
  };
  dc.store.commit([dc.store.forms.put(form)]);
  return form;
}

/** @throws RpcRefusal when this form cannot be paid with this order, or not any more */
function checkForm(
  dc: Datacentre,
  form: Form | undefined,
  { user, order }: { readonly user: User; readonly order: Order },
): Form {
  if (form?.userId !== user.id) throw new RpcRefusal(400, 'FORM_EXPIRED');
  if (form.isPaid) throw new RpcRefusal(400, 'FORM_SUBMIT_DUPLICATE');
  if (dc.now() - form.createdAt > FORM_MS) throw new RpcRefusal(400, 'FORM_EXPIRED');
  if (form.giftId !== order.gift.id || form.peer !== targetKey(order.target))
    throw new RpcRefusal(400, 'INVOICE_INVALID');
  return form;
}

/** Charges and delivers, in one commit. @throws RpcRefusal; then nothing was charged */
export function payForm(
  dc: Datacentre,
  user: User,
  { formId, order }: { readonly formId: string; readonly order: Order },
): void {
  const form = checkForm(dc, dc.store.forms.get(formId), { user, order });
  checkOffer(dc, user, order);
  if (form.stars !== formPrice(order.gift)) throw new RpcRefusal(406, 'STARS_FORM_AMOUNT_MISMATCH');
  if (user.balance < form.stars) throw new RpcRefusal(400, 'BALANCE_TOO_LOW');
  const paying = { ...user, balance: user.balance - form.stars };
  dc.store.commit([
    dc.store.users.put(paying),
    dc.store.forms.put({ ...form, isPaid: true }),
    dc.store.gifts.put(soldCopies(order.gift, { buyer: user.id, copies: 1, at: dc.now() })),
    transactionOf(dc, paying, { stars: -form.stars, form }),
    dc.store.savedGifts.put(savedGift(dc, user, order)),
  ]);
}

function savedGift(dc: Datacentre, user: User, { gift, target, isNameHidden, message }: Order): SavedGift {
  const at = dc.now();
  return { id: dc.randomId(), giftId: gift.id, peer: targetKey(target), fromId: user.id, isNameHidden, message, at };
}

/** An entry of the account's ledger; `user` has the balance after it. */
export function transactionOf(
  dc: Datacentre,
  user: User,
  entry: { readonly stars: number; readonly form: Form | null },
): Change {
  return dc.store.transactions.put({
    id: `stx${dc.randomId()}`,
    userId: user.id,
    stars: entry.stars,
    at: dc.now(),
    giftId: entry.form?.giftId ?? null,
    peer: entry.form?.peer ?? null,
    formId: entry.form?.id ?? null,
    balance: user.balance,
  });
}

/** The gift with so many copies less; `buyer` is null for buyers outside. */
export function soldCopies(
  gift: Gift,
  { buyer, copies, at }: { readonly buyer: string | null; readonly copies: number; readonly at: number },
): Gift {
  const remaining = gift.remaining === null ? null : Math.max(0, gift.remaining - copies);
  const boughtBy = buyer === null ? gift.boughtBy : { ...gift.boughtBy, [buyer]: (gift.boughtBy[buyer] ?? 0) + copies };
  return {
    ...gift,
    remaining,
    boughtBy,
    firstSaleAt: gift.firstSaleAt ?? at,
    lastSaleAt: remaining === 0 && gift.lastSaleAt === null ? at : gift.lastSaleAt,
  };
}
