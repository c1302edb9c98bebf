import { DomainError } from '../shared/errors.ts';
import type { Consequence } from './telegram-error.ts';

/** Every one is saved before the step that follows it is taken. */
export type PurchaseStatus = 'PLANNED' | 'FORM' | 'SENDING' | 'PAID' | 'REJECTED' | 'UNKNOWN';

/** One copy on its way. */
export interface Purchase {
  readonly status: PurchaseStatus;
  /** The form that is or was being paid: it can be paid once. */
  readonly formId: string | null;
  /** How often this form was sent; a second time only because the first one's outcome is unknown. */
  readonly sends: number;
  /** Forms received so far. */
  readonly forms: number;
  /** The last refusal: of REJECTED the final one, of UNKNOWN what a second sending was answered. */
  readonly failure: Consequence | null;
  /** Telegram's code of it, or one of our own: `STOPPED`, `PRICE_CHANGED`, `GAVE_UP`. */
  readonly code: string | null;
}

export const NEW_PURCHASE: Purchase = {
  status: 'PLANNED',
  formId: null,
  sends: 0,
  forms: 0,
  failure: null,
  code: null,
};

/** Forms asked for one copy, all of them proved unpaid, before it is given up. */
export const MAX_FORMS = 3;

export type PurchaseEvent =
  | { readonly kind: 'form-received'; readonly formId: string; readonly stars: number; readonly plannedStars: number }
  | { readonly kind: 'form-refused'; readonly failure: Consequence; readonly code: string }
  | { readonly kind: 'sending' }
  | { readonly kind: 'paid' }
  | { readonly kind: 'send-failed'; readonly failure: Consequence; readonly code: string }
  /** What the account's own books say, see reconcile.ts. */
  | { readonly kind: 'reconciled'; readonly verdict: 'paid' | 'not-paid' | 'undecided' }
  /** The user switched off. */
  | { readonly kind: 'stopped' };

/** What is to be done about a purchase now; `send` and `resend` both send the saved form. */
export type PurchaseStep = 'ask-form' | 'send' | 'resend' | 'reconcile' | 'done';

/** The step that a saved purchase is waiting for; one that was being sent when its worker died counts as unknown first. */
export function stepOf({ status, sends }: Purchase): PurchaseStep {
  switch (status) {
    case 'PLANNED':
      return 'ask-form';
    case 'FORM':
      return 'send';
    case 'SENDING':
    case 'UNKNOWN':
      return sends < 2 ? 'resend' : 'reconcile';
    case 'PAID':
    case 'REJECTED':
      return 'done';
  }
}

/**
 * The purchase after an event. An event that is told twice, as a retry does, changes nothing the second time where that can be seen.
 * @throws DomainError purchase-event-impossible when the event cannot happen in this state
 */
export function next(purchase: Purchase, event: PurchaseEvent): Purchase {
  switch (event.kind) {
    case 'form-received':
      allow(purchase, event, ['PLANNED']);
      return afterForm(purchase, event);
    case 'form-refused':
      allow(purchase, event, ['PLANNED']);
      return mayAskAgain(event.failure) ? purchase : reject(purchase, event.failure, event.code);
    case 'sending':
      // A worker that died while sending left SENDING behind: the same form goes out once more.
      allow(purchase, event, ['FORM', 'SENDING', 'UNKNOWN']);
      return startSending(purchase, event);
    case 'paid':
      allow(purchase, event, ['SENDING', 'PAID']);
      return paid(purchase);
    case 'send-failed':
      allow(purchase, event, ['SENDING']);
      return purchase.sends < 2 ? afterFirstSend(purchase, event) : afterSecondSend(purchase, event);
    case 'reconciled':
      allow(purchase, event, ['SENDING', 'UNKNOWN']);
      return afterReconciling(purchase, event.verdict);
    case 'stopped':
      allow(purchase, event, ['PLANNED', 'FORM']);
      return { ...purchase, status: 'REJECTED', failure: null, code: 'STOPPED' };
  }
}

function allow({ status }: Purchase, { kind }: PurchaseEvent, statuses: readonly PurchaseStatus[]): void {
  if (!statuses.includes(status)) throw new DomainError('purchase-event-impossible', `${kind} cannot follow ${status}`);
}

const reject = (purchase: Purchase, failure: Consequence, code: string): Purchase => ({
  ...purchase,
  status: 'REJECTED',
  failure,
  code,
});

const paid = (purchase: Purchase): Purchase => ({ ...purchase, status: 'PAID', failure: null, code: null });

/** Asking for a form spends nothing: no answer is as good as none asked. */
const mayAskAgain = (failure: Consequence): boolean =>
  failure === 'retry-later' || failure === 'unknown-outcome' || failure === 'form-expired';

function afterForm(purchase: Purchase, event: Extract<PurchaseEvent, { kind: 'form-received' }>): Purchase {
  if (!(event.stars <= event.plannedStars)) return reject(purchase, 'price-changed', 'PRICE_CHANGED');
  const forms = purchase.forms + 1;
  return { status: 'FORM', formId: event.formId, sends: 0, forms, failure: null, code: null };
}

function startSending(purchase: Purchase, event: PurchaseEvent): Purchase {
  if (purchase.sends >= 2) {
    throw new DomainError('purchase-event-impossible', `${event.kind} cannot happen a third time with one form`);
  }
  return { ...purchase, status: 'SENDING', sends: purchase.sends + 1 };
}

type SendFailed = Extract<PurchaseEvent, { kind: 'send-failed' }>;

function afterFirstSend(purchase: Purchase, { failure, code }: SendFailed): Purchase {
  if (failure === 'retry-later') return { ...purchase, status: 'FORM', sends: 0 };
  if (failure === 'unknown-outcome') return { ...purchase, status: 'UNKNOWN', failure, code };
  // Sending it again could only say the same: what is left is to look.
  if (failure === 'already-submitted') return { ...purchase, status: 'UNKNOWN', sends: 2, failure, code };
  if (failure === 'form-expired' && purchase.forms < MAX_FORMS) return askAgain(purchase);
  return reject(purchase, failure, code);
}

/** Whatever the second sending is refused for (sold out, no stars left) may be the doing of the first one: only the books tell. */
function afterSecondSend(purchase: Purchase, { failure, code }: SendFailed): Purchase {
  const sends = failure === 'retry-later' ? 1 : purchase.sends;
  return { ...purchase, status: 'UNKNOWN', sends, failure, code };
}

const askAgain = (purchase: Purchase): Purchase => ({ ...NEW_PURCHASE, forms: purchase.forms });

const saysNothing = (failure: Consequence | null): boolean =>
  failure === null || failure === 'already-submitted' || mayAskAgain(failure);

/** Proved unpaid: what the second sending was refused for stands; otherwise a new form may be asked for. */
function afterReconciling(purchase: Purchase, verdict: 'paid' | 'not-paid' | 'undecided'): Purchase {
  if (verdict === 'paid') return paid(purchase);
  if (verdict === 'undecided') return { ...purchase, status: 'UNKNOWN' };
  const { failure, code, forms } = purchase;
  if (failure !== null && !saysNothing(failure)) return reject(purchase, failure, code ?? 'GAVE_UP');
  return forms < MAX_FORMS ? askAgain(purchase) : reject(purchase, 'refused', 'GAVE_UP');
}
