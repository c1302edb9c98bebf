import type { GiftOutcome, NotBought, ReportedPurchase } from './gift-outcome.ts';
import { readGiftRow } from './gift-row.ts';
import type { DeferredPurchase, GiftSkip } from './plan-types.ts';
import { escapeHtml, isBalance, type ReportPage } from './report-page.ts';
import type { StarGift } from './star-gift.ts';

/** Causes shown below one gift. */
const CAUSES_SHOWN = 5;
/** Of an id that is none. */
const ID_SHOWN = 64;

const timeOf = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');

/** Lines of "by gift": one block a gift, in the order they came. */
export function giftLines(
  gifts: readonly StarGift[],
  outcomes: ReadonlyMap<string, GiftOutcome>,
  page: ReportPage,
): string[] {
  const rows = new Map<string, StarGift>();
  // Of rows with the same id the one that makes sense is told.
  for (const gift of gifts) {
    if (!rows.has(gift.id) || typeof readGiftRow(gift) !== 'string') rows.set(gift.id, gift);
  }
  const lines: string[] = [];
  for (const [giftId, outcome] of outcomes) {
    const row = rows.get(giftId);
    if (row !== undefined) addBlock(lines, { row, outcome }, page);
  }
  return lines;
}

/** Lines of "deferred purchases". */
export function deferredLines(deferred: readonly DeferredPurchase[], page: ReportPage): string[] {
  return deferred.map(({ giftId, accountId, target, priceStars, runAt }) => {
    const where = `gift=${escapeHtml(giftId)} acc=${accountOf(accountId, page)} ch=${escapeHtml(target)}`;
    return `• ${where} ${priceStars}⭐ → ${page.texts.buysAfter(timeOf(runAt))}`;
  });
}

const accountOf = (accountId: string, { labels }: ReportPage): string => labels.get(accountId) ?? escapeHtml(accountId);

interface Block {
  readonly row: StarGift;
  readonly outcome: GiftOutcome;
}

function addBlock(lines: string[], { row, outcome }: Block, page: ReportPage): void {
  const name = nameOf(row);
  switch (outcome.kind) {
    case 'bought':
      addPaid(lines, { start: `• ✅ ${name} → ch=`, paid: outcome.paid }, page);
      addCauses(lines, outcome.refused, page);
      return;
    case 'failed':
      lines.push(`• ❌ ${name}`);
      addCauses(lines, outcome.refused, page);
      return;
    case 'deferred':
      lines.push(`• ⏳ ${name} → locked_until ${timeOf(outcome.runAt)}`);
      return;
    case 'skipped':
      addSkip(lines, { reason: outcome.reason, skip: outcome.skip, start: `• ⏭️ ${name}` }, page);
  }
}

const numberOr = (value: number, otherwise: string): string => (Number.isFinite(value) ? String(value) : otherwise);

function nameOf({ id, priceStars, total }: StarGift): string {
  const supply = total === null || total === 0 ? '∞' : numberOr(total, '?');
  return `${escapeHtml(id.slice(0, ID_SHOWN)) || '?'} | ${numberOr(priceStars, '?')}⭐ | supply=${supply}`;
}

interface PaidBlock {
  readonly start: string;
  readonly paid: readonly ReportedPurchase[];
}

/** One line a copy. Equal copies follow each other: their line is made once. */
function addPaid(lines: string[], { start, paid }: PaidBlock, page: ReportPage): void {
  let before: ReportedPurchase | null = null;
  let line = '';
  for (const purchase of paid) {
    if (before?.accountId !== purchase.accountId || before.target !== purchase.target) {
      line = `${start}${escapeHtml(purchase.target)} acc=${accountOf(purchase.accountId, page)}`;
      before = purchase;
    }
    lines.push(line);
  }
}

function addCauses(lines: string[], refused: readonly ReportedPurchase[], page: ReportPage): void {
  const { texts } = page;
  const [reasons, errors] = [refused.filter(isBalance), refused.filter((purchase) => !isBalance(purchase))];
  for (const purchase of reasons.slice(0, CAUSES_SHOWN)) {
    const { target, accountId, priceStars } = purchase;
    const stars = `bal=${page.ends.get(accountId) ?? '?'} need=${priceStars}`;
    const acc = accountOf(accountId, page);
    lines.push(`   — ${texts.reason} ch=${escapeHtml(target)}: insufficient_account_balance acc=${acc} ${stars}`);
  }
  for (const purchase of errors.slice(0, CAUSES_SHOWN)) {
    const where = `ch=${escapeHtml(purchase.target)}: ${errorOf(purchase)} acc=${accountOf(purchase.accountId, page)}`;
    lines.push(`   — ${texts.error} ${where} (${escapeHtml(purchase.code ?? purchase.state)})`);
  }
  const hidden = Math.max(0, reasons.length - CAUSES_SHOWN) + Math.max(0, errors.length - CAUSES_SHOWN);
  if (hidden > 0) lines.push(`   — ${texts.more(hidden)}`);
}

const errorOf = ({ state }: ReportedPurchase): string =>
  state === 'REJECTED' ? 'send_gift_failed' : 'outcome_unknown';

interface SkippedBlock {
  readonly reason: NotBought;
  readonly skip: GiftSkip | null;
  readonly start: string;
}

/** Reasons that are told in other words than their own name. */
const REASON_WORDS: Partial<Readonly<Record<NotBought, string>>> = {
  non_limited: 'non-limited (skipped)',
  not_available: 'not_available (avail=0)',
};

function addSkip(lines: string[], { reason, skip, start }: SkippedBlock, page: ReportPage): void {
  const nearest = skip?.nearest ?? null;
  if (nearest === null) {
    lines.push(`${start} → ${REASON_WORDS[reason] ?? reason}`);
    return;
  }
  const { accountId, haveStars, needStars } = nearest;
  const details = `acc=${accountOf(accountId, page)} bal=${haveStars} need=${needStars}`;
  lines.push(start, `   — ${page.texts.plan}: ${reason} (${details})`);
}
