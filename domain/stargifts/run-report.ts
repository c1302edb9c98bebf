import { giftOutcomes, type FinishedDrop } from './gift-outcome.ts';
import { splitMessages } from '../shared/message-split.ts';
import { deferredLines, giftLines } from './report-gift-lines.ts';
import { escapeHtml, isBalance, type ReportPage } from './report-page.ts';
import { REPORT_TEXTS, type ReportLanguage } from './report-texts.ts';
import type { GiftTarget } from './star-gift.ts';

/** A drop with what is needed to tell of it. */
export interface DropToReport extends FinishedDrop {
  /** In the order they are told. */
  readonly accounts: readonly ReportedAccount[];
  /** Of the user's channels, in the order they are told. */
  readonly targets: readonly GiftTarget[];
  readonly language: ReportLanguage;
}

export interface ReportedAccount {
  readonly accountId: string;
  /** How its owner knows it: its Telegram id or its name. */
  readonly label: string;
  /** Before the first purchase. */
  readonly balanceStars: number;
}

interface Tally {
  plan: number;
  ok: number;
  fail: number;
  reasons: number;
  spentStars: number;
}

/** The report of a drop as messages for Telegram: HTML, each within its limit. */
export function reportMessages(drop: DropToReport): string[] {
  return splitMessages(reportLines(drop));
}

/** The report of a drop line by line, HTML: every gift once, with the one thing that became of it. */
export function reportLines(drop: DropToReport): string[] {
  const texts = REPORT_TEXTS[drop.language];
  const outcomes = giftOutcomes(drop);
  const byAccount = tallies(
    drop,
    ({ accountId }) => accountId,
    drop.accounts.map(({ accountId }) => accountId),
  );
  const byTarget = tallies(drop, ({ target }) => target, drop.targets);
  const page: ReportPage = { texts, labels: labelsOf(drop), ends: endsOf(drop, byAccount) };
  const copies = [...byTarget.values()].reduce((sum, { ok }) => sum + ok, 0);
  const without = [...outcomes.values()].filter(({ kind }) => kind !== 'bought').length;
  const skips = drop.skips.length;
  const skipsInTotal = drop.skips.filter(({ giftId }) => outcomes.get(giftId)?.kind !== 'bought').length;
  return [
    `🧾 ${texts.title}`,
    `📊 ${texts.fresh}: ${outcomes.size} | ${texts.bought}: ${copies} | ${texts.skipped}: ${without}`,
    ...(skips > 0 ? [`⏭️ ${texts.planSkips}: ${skips}`] : []),
    ...['', `📦 ${texts.byGift}:`],
    ...giftLines(drop.gifts, outcomes, page),
    ...(drop.deferred.length > 0 ? ['', `⏳ ${texts.deferred}:`] : []),
    ...deferredLines(drop.deferred, page),
    ...['', `🛰️ ${texts.byChannel}:`],
    ...channelLines(byTarget),
    ...['', `👤 ${texts.byAccount}:`],
    ...accountLines(drop, byAccount, page),
    ...(skipsInTotal > 0 ? ['', `⏭️ ${texts.planSkipsInTotal}: ${skipsInTotal}`] : []),
  ];
}

/** Counts by key; the keys that are known come first, in their order. */
function tallies(
  { purchases }: DropToReport,
  keyOf: (purchase: DropToReport['purchases'][number]) => string,
  keys: readonly string[],
): Map<string, Tally> {
  const counts = new Map(keys.map((key): [string, Tally] => [key, emptyTally()]));
  for (const purchase of purchases) {
    const key = keyOf(purchase);
    let tally = counts.get(key);
    if (tally === undefined) counts.set(key, (tally = emptyTally()));
    tally.plan++;
    if (purchase.state === 'PAID') {
      tally.ok++;
      tally.spentStars += purchase.priceStars;
    } else if (isBalance(purchase)) tally.reasons++;
    else tally.fail++;
  }
  return counts;
}

const emptyTally = (): Tally => ({ plan: 0, ok: 0, fail: 0, reasons: 0, spentStars: 0 });

const labelsOf = ({ accounts }: DropToReport): Map<string, string> =>
  new Map(accounts.map(({ accountId, label }) => [accountId, escapeHtml(label)]));

/** Stars of each account after the drop. */
const endsOf = ({ accounts }: DropToReport, byAccount: ReadonlyMap<string, Tally>): Map<string, number> =>
  new Map(
    accounts.map(({ accountId, balanceStars }) => [
      accountId,
      balanceStars - (byAccount.get(accountId)?.spentStars ?? 0),
    ]),
  );

function channelLines(byTarget: ReadonlyMap<string, Tally>): string[] {
  return [...byTarget].map(
    ([target, { plan, ok, fail, reasons }]) =>
      `• ${escapeHtml(target)}: plan=${plan} ok=${ok} fail=${fail} reasons=${reasons}`,
  );
}

function accountLines(drop: DropToReport, byAccount: ReadonlyMap<string, Tally>, page: ReportPage): string[] {
  const starts = new Map(drop.accounts.map(({ accountId, balanceStars }) => [accountId, balanceStars]));
  return [...byAccount].map(([accountId, { plan, ok, spentStars }]) => {
    const label = page.labels.get(accountId) ?? escapeHtml(accountId);
    const [start, end] = [starts.get(accountId) ?? '?', page.ends.get(accountId) ?? '?'];
    return `• acc=${label}: plan=${plan} 💰spent=${spentStars} start=${start} end=${end} buys=${ok}`;
  });
}
