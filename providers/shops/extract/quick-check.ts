import { writtenAmount } from './shown-amount.ts';
import { urlIds } from './url-ids.ts';

/** What JSON-LD claims and the page has to bear out before its DOM can be spared. */
export interface Claim {
  /** Plain decimal. */
  readonly amount: string;
  readonly sku: string;
  readonly url: string;
}

const STRUCK =
  /<(?:del|s|strike)[\s>]|line-through|(?:old|was|before|list|regular|crossed|strike|original|compare)[\w-]{0,12}price|price[\w-]{0,4}(?:old|was|before|list|regular|crossed|compare)/gi;
const OUT =
  /out[ -]of[ -]stock|sold[ -]?out|unavailable|not available|no longer available|нет в наличии|нет на складе|распродан|ausverkauft|nicht (?:mehr )?(?:verfügbar|lieferbar|auf lager)|en rupture|indisponible|épuisé|agotado|esgotado|non disponibile|esaurito|niedostępn|vyprodáno|uitverkocht|slutsåld|udsolgt|saadaval/i;
const SKU_HOOK =
  /["\s_-](?:sku|article[_-]?number|product[_-]?(?:code|reference|sku)|item[_-]?number)["\s]|[>\s](?:sku|артикул|код товара|art(?:ikel)?\.?[ -]?(?:nr|no)|product code|item (?:no|number|code)|style (?:no|number|code)|référence|ref\.?|référence|cod(?:ice|igo|\.)?|kod produktu)\s{0,3}[:.#№]/i;

/**
 * Whether a page shows what its JSON-LD claims, judged by scans without a DOM: the amount is shown and not crossed out,
 * nothing speaks of missing stock, and no other article number is in sight. Linear in the page's length.
 */
export function bearsOut(html: string, { amount, sku, url }: Claim): boolean {
  const body = withoutScripts(html);
  return isShown(body, amount) && !isStruck(body, amount) && isSkuKnown(body, sku, url) && !OUT.test(body);
}

/** The page's markup without the content of scripts and styles. */
function withoutScripts(html: string): string {
  const kept: string[] = [];
  let at = 0;
  const opening = /<(script|style)\b/gi;
  for (let hit = opening.exec(html); hit !== null; hit = opening.exec(html)) {
    kept.push(html.slice(at, hit.index));
    const end = html.indexOf(`</${hit[1] ?? ''}`, hit.index);
    if (end < 0) return kept.join(' ');
    at = end;
    opening.lastIndex = end;
  }
  kept.push(html.slice(at));
  return kept.join(' ');
}

/** A pattern for the amount as people write it. */
function written(amount: string): RegExp {
  return new RegExp(`(?<![\\d.,])${writtenAmount(amount)}(?!\\d)`);
}

function isShown(body: string, amount: string): boolean {
  return written(amount).test(body);
}

function isStruck(body: string, amount: string): boolean {
  const shown = written(amount);
  STRUCK.lastIndex = 0;
  let marks = 0;
  for (let hit = STRUCK.exec(body); hit !== null && marks < 60; hit = STRUCK.exec(body), marks += 1) {
    if (shown.test(body.slice(hit.index + hit[0].length, hit.index + 160))) return true;
  }
  return false;
}

function isSkuKnown(body: string, sku: string, url: string): boolean {
  if (urlIds(url).some(({ value }) => value === sku)) return true;
  return !SKU_HOOK.test(body);
}
