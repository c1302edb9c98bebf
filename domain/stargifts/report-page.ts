import type { ReportedPurchase } from './gift-outcome.ts';
import type { ReportTexts } from './report-texts.ts';

/** What every part of a report needs. */
export interface ReportPage {
  readonly texts: ReportTexts;
  /** HTML by account id. */
  readonly labels: ReadonlyMap<string, string>;
  /** Stars of each account after the drop. */
  readonly ends: ReadonlyMap<string, number>;
}

const SPECIAL = /[&<>]/g;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text as Telegram's HTML. */
export function escapeHtml(text: string): string {
  return text.replace(SPECIAL, (sign) => ENTITIES[sign] ?? sign);
}

/** The purchase was refused for want of stars. */
export function isBalance({ code }: ReportedPurchase): boolean {
  return code === 'BALANCE_TOO_LOW';
}
