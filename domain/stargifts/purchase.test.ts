import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_FORMS, NEW_PURCHASE, next, stepOf, type Purchase, type PurchaseEvent } from './purchase.ts';
import type { Consequence } from './telegram-error.ts';

const FORM = { kind: 'form-received', formId: '11', stars: 10, plannedStars: 10 } as const;
const SENDING: PurchaseEvent = { kind: 'sending' };
const failed = (failure: Consequence): PurchaseEvent => ({ kind: 'send-failed', failure, code: failure.toUpperCase() });
const verdict = (said: 'paid' | 'not-paid' | 'undecided'): PurchaseEvent => ({ kind: 'reconciled', verdict: said });
const after = (...events: readonly PurchaseEvent[]): Purchase => events.reduce(next, NEW_PURCHASE);

describe('the straight way', () => {
  it('asks for a form, sends it, is paid', () => {
    expect(stepOf(NEW_PURCHASE)).toBe('ask-form');
    expect(stepOf(after(FORM))).toBe('send');
    expect(after(FORM)).toMatchObject({ status: 'FORM', formId: '11', sends: 0, forms: 1 });
    expect(after(FORM, SENDING)).toMatchObject({ status: 'SENDING', sends: 1 });
    expect(after(FORM, SENDING, { kind: 'paid' })).toMatchObject({ status: 'PAID', formId: '11' });
    expect(stepOf(after(FORM, SENDING, { kind: 'paid' }))).toBe('done');
  });

  it('does not pay more than was planned, but does pay less', () => {
    expect(after({ ...FORM, stars: 11 })).toMatchObject({ status: 'REJECTED', code: 'PRICE_CHANGED', formId: null });
    expect(after({ ...FORM, stars: Number.NaN }).status).toBe('REJECTED');
    expect(after({ ...FORM, stars: 9 }).status).toBe('FORM');
  });
});

describe('refusals', () => {
  it.each<[Consequence, Partial<Purchase>]>([
    ['retry-later', { status: 'FORM', sends: 0 }],
    ['form-expired', { status: 'PLANNED', formId: null, forms: 1 }],
    ['sold-out', { status: 'REJECTED', code: 'SOLD-OUT', failure: 'sold-out' }],
    ['balance', { status: 'REJECTED' }],
    ['account-unusable', { status: 'REJECTED' }],
    ['unknown-outcome', { status: 'UNKNOWN', sends: 1 }],
    ['already-submitted', { status: 'UNKNOWN', sends: 2 }],
  ])('of the first sending: %s', (failure, expected) => {
    expect(after(FORM, SENDING, failed(failure))).toMatchObject(expected);
  });

  it.each<[Consequence, Purchase['status']]>([
    ['retry-later', 'PLANNED'],
    ['unknown-outcome', 'PLANNED'],
    ['form-expired', 'PLANNED'],
    ['sold-out', 'REJECTED'],
    ['wrong-target', 'REJECTED'],
  ])('of the form: %s', (failure, status) => {
    expect(after({ kind: 'form-refused', failure, code: 'X' }).status).toBe(status);
  });
});

describe('doubt', () => {
  const doubtful = [FORM, SENDING, failed('unknown-outcome')];

  it('sends the same form once more, then looks at the books', () => {
    expect(stepOf(after(...doubtful))).toBe('resend');
    const second = after(...doubtful, SENDING, failed('unknown-outcome'));
    expect(second).toMatchObject({ status: 'UNKNOWN', sends: 2, formId: '11' });
    expect(stepOf(second)).toBe('reconcile');
    expect(() => next(second, SENDING)).toThrow(/a third time/);
  });

  it('treats a worker that died while sending like a lost answer', () => {
    const found = after(FORM, SENDING);
    expect(stepOf(found)).toBe('resend');
    expect(next(found, SENDING)).toMatchObject({ status: 'SENDING', sends: 2 });
  });

  it.each<Consequence>(['sold-out', 'balance', 'form-expired', 'already-submitted', 'user-limit'])(
    'does not believe the second sending when it says %s: the first one may have been paid',
    (failure) => {
      const second = after(...doubtful, SENDING, failed(failure));
      expect(second.status).toBe('UNKNOWN');
      expect(stepOf(second)).toBe('reconcile');
      expect(next(second, verdict('paid'))).toMatchObject({ status: 'PAID', code: null });
    },
  );

  it('keeps the refusal of the second sending once it is proved that nothing was paid', () => {
    expect(after(...doubtful, SENDING, failed('sold-out'), verdict('not-paid'))).toMatchObject({
      status: 'REJECTED',
      failure: 'sold-out',
      code: 'SOLD-OUT',
    });
  });

  it('asks for a new form only after proof, and not for ever', () => {
    const round = [...doubtful, SENDING, failed('unknown-outcome'), verdict('not-paid')];
    expect(after(...doubtful, verdict('undecided')).status).toBe('UNKNOWN');
    expect(after(...round)).toMatchObject({ status: 'PLANNED', formId: null, sends: 0, forms: 1 });
    const rounds = Array.from({ length: MAX_FORMS }, () => round).flat();
    expect(after(...rounds)).toMatchObject({ status: 'REJECTED', code: 'GAVE_UP' });
  });

  it('waits and sends again when the second sending came too fast', () => {
    expect(stepOf(after(...doubtful, SENDING, failed('retry-later')))).toBe('resend');
  });
});

it('stops what has not been sent, and nothing else', () => {
  expect(after({ kind: 'stopped' })).toMatchObject({ status: 'REJECTED', code: 'STOPPED' });
  expect(after(FORM, { kind: 'stopped' }).status).toBe('REJECTED');
  expect(() => after(FORM, SENDING, { kind: 'stopped' })).toThrow(/stopped cannot follow SENDING/);
});

it('spends at most once, whatever Telegram answers and whenever answers are lost', () => {
  const consequence = fc.constantFrom<Consequence>(
    'retry-later',
    'unknown-outcome',
    'sold-out',
    'already-submitted',
    'form-expired',
  );
  const answers = fc.array(fc.record({ isProcessed: fc.boolean(), isLost: fc.boolean(), refusal: consequence }), {
    minLength: 40,
    maxLength: 40,
  });
  fc.assert(
    fc.property(answers, (script) => {
      let purchase = NEW_PURCHASE;
      const paidForms: string[] = [];
      for (const [turn, answer] of script.entries()) {
        purchase = step(purchase, { ...answer, turn }, paidForms);
        expect(paidForms.length).toBeLessThanOrEqual(1);
      }
      if (purchase.status === 'PAID') expect(paidForms).toHaveLength(1);
      if (purchase.status === 'REJECTED' || purchase.status === 'PLANNED') expect(paidForms).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

interface Answer {
  readonly turn: number;
  readonly isProcessed: boolean;
  readonly isLost: boolean;
  readonly refusal: Consequence;
}

/** Takes the purchase's next step against a ledger that pays a form once. */
function step(purchase: Purchase, answer: Answer, paidForms: string[]): Purchase {
  switch (stepOf(purchase)) {
    case 'ask-form':
      return next(purchase, { ...FORM, formId: String(answer.turn) });
    case 'send':
    case 'resend':
      return send(next(purchase, SENDING), answer, paidForms);
    case 'reconcile':
      return next(purchase, verdict(paidForms.includes(purchase.formId ?? '') ? 'paid' : 'not-paid'));
    case 'done':
      return purchase;
  }
}

function send(purchase: Purchase, { isProcessed, isLost, refusal }: Answer, paidForms: string[]): Purchase {
  const formId = purchase.formId ?? '';
  const wasPaid = paidForms.includes(formId);
  if (isProcessed && !wasPaid) paidForms.push(formId);
  if (isLost) return next(purchase, failed('unknown-outcome'));
  if (wasPaid) return next(purchase, failed('already-submitted'));
  if (isProcessed) return next(purchase, { kind: 'paid' });
  return next(purchase, failed(refusal === 'already-submitted' ? 'sold-out' : refusal));
}
