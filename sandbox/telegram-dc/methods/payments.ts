import type { Datacentre } from '../datacentre.ts';
import { openForm, payForm, type Order } from '../gifts/sales.ts';
import { companions, peerObject, targetOf } from '../peers.ts';
import type { Transaction, User } from '../state/records.ts';
import {
  intField,
  longField,
  objectField,
  objectsField,
  optionalObject,
  textField,
  type TlObject,
} from '../tl/value.ts';
import { giftObject } from './gift-objects.ts';
import { giftById, pageOf } from './gifts.ts';
import { refuse, seconds, type MethodContext, type Methods } from './method.ts';

const MAX_MESSAGE = 255;

function orderOf(dc: Datacentre, viewer: User, request: TlObject): Order {
  const invoice = objectField(request, 'invoice');
  if (invoice._ !== 'inputInvoiceStarGift') refuse(400, 'INVOICE_INVALID');
  dc.otherBuyers.settle();
  const gift = giftById(dc, longField(invoice, 'gift_id'));
  const target = targetOf(dc, viewer, objectField(invoice, 'peer'));
  const text = optionalObject(invoice, 'message');
  const message = text === undefined ? null : textField(text, 'text');
  if ((message?.length ?? 0) > MAX_MESSAGE) refuse(400, 'STARGIFT_MESSAGE_INVALID');
  return { gift, target, message, isNameHidden: invoice['hide_name'] === true };
}

function getPaymentForm({ dc, request, user }: MethodContext) {
  const viewer = user();
  const form = openForm(dc, viewer, orderOf(dc, viewer, request));
  const prices = [{ _: 'labeledPrice', label: '', amount: form.stars }];
  return { _: 'payments.paymentFormStarGift', form_id: form.id, invoice: { _: 'invoice', currency: 'XTR', prices } };
}

function sendStarsForm({ dc, request, user }: MethodContext) {
  const viewer = user();
  const formId = longField(request, 'form_id').toString();
  if (formId === '0') refuse(400, 'FORM_ID_EMPTY');
  payForm(dc, viewer, { formId, order: orderOf(dc, viewer, request) });
  const date = seconds(dc.now());
  return { _: 'payments.paymentResult', updates: { _: 'updates', updates: [], users: [], chats: [], date, seq: 0 } };
}

/** Stars belong to accounts: channels have none here. */
function checkOwn(dc: Datacentre, viewer: User, request: TlObject): void {
  const owner = targetOf(dc, viewer, objectField(request, 'peer'));
  if (owner.kind !== 'user' || owner.user.id !== viewer.id) refuse(400, 'PEER_ID_INVALID');
}

function starsStatus(dc: Datacentre, viewer: User, history: readonly Transaction[]) {
  const peers = history.flatMap(({ peer }) => (peer === null ? [] : [peer]));
  return {
    _: 'payments.starsStatus',
    balance: amountObject(viewer.balance),
    ...companions(dc, viewer, [`user:${viewer.id}`, ...peers]),
  };
}

function amountObject(stars: number) {
  return { _: 'starsAmount', amount: stars, nanos: 0 };
}

function getStarsStatus({ dc, request, user }: MethodContext) {
  const viewer = user();
  checkOwn(dc, viewer, request);
  return starsStatus(dc, viewer, []);
}

function getStarsTransactions({ dc, request, user }: MethodContext) {
  const viewer = user();
  checkOwn(dc, viewer, request);
  const { inbound, outbound, ascending } = request;
  const all = dc
    .transactionsOf(viewer.id)
    .filter(({ stars }) => !(inbound === true && stars < 0) && !(outbound === true && stars > 0));
  const ordered = ascending === true ? all : all.toReversed();
  const page = pageOf(ordered, { offset: textField(request, 'offset'), limit: intField(request, 'limit') });
  const history = page.items.map((item) => transactionObject(dc, viewer, item));
  return { ...starsStatus(dc, viewer, page.items), history, next_offset: page.next };
}

function getStarsTransactionsById({ dc, request, user }: MethodContext) {
  const viewer = user();
  checkOwn(dc, viewer, request);
  const wanted = new Set(objectsField(request, 'id').map((item) => textField(item, 'id')));
  const found = dc.transactionsOf(viewer.id).filter(({ id }) => wanted.has(id));
  return { ...starsStatus(dc, viewer, found), history: found.map((item) => transactionObject(dc, viewer, item)) };
}

function transactionObject(dc: Datacentre, viewer: User, transaction: Transaction) {
  const { id, stars, at, peer, giftId } = transaction;
  const gift = giftId === null ? undefined : dc.store.gifts.get(giftId);
  return {
    _: 'starsTransaction',
    id,
    amount: amountObject(stars),
    date: seconds(at),
    peer: peer === null ? { _: 'starsTransactionPeerFragment' } : { _: 'starsTransactionPeer', peer: peerObject(peer) },
    stargift: gift === undefined ? undefined : giftObject(dc, viewer, gift),
  };
}

/** Forms, payments and the account's own stars. */
export const paymentMethods: Methods = {
  'payments.getPaymentForm': getPaymentForm,
  'payments.sendStarsForm': sendStarsForm,
  'payments.getStarsStatus': getStarsStatus,
  'payments.getStarsTransactions': getStarsTransactions,
  'payments.getStarsTransactionsByID': getStarsTransactionsById,
};
