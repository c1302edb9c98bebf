import type { Element } from 'domhandler';
import { parentOf, placeOf, textOf } from './dom.ts';
import { stepsToCommon } from './page-index.ts';
import type { PageIndex } from './page-index.ts';
import type { PriceCandidate } from './price-candidates.ts';
import type { Zone } from './zones.ts';

/** A candidate with how much it looks like the price for which the page's product is sold. */
export interface ScoredPrice extends PriceCandidate {
  readonly score: number;
  readonly isStruck: boolean;
}

const STRUCK_WORDS =
  /\b(?:was|rrp|msrp|list price|reg(?:ular)?\.? price|original(?: price)?|before|statt|uvp|bisher|avant|au lieu|prix conseill|prix de r|antes|precio anterior|pvp|prezzo consigliato|prezzo precedente|instead|old price|previously|førpris|ord\.? ?pris)(?!\p{L})|старая цена|было|вместо|раньше|до скидки|建議售價|建议零售|原價|原价|定價|市價|參考價/iu;
const SIDE_WORDS =
  /\b(?:save|saving|you save|spar(?:en|st)|économ|ahorr|risparm|discount|off|shipping|delivery|postage|livraison|versand|spedizione|envío|frete|wysyłk|dostaw|month|monat|mois|mese|mes|mês|mies|deposit|coupon|voucher|orders? over|trade|points|used|approx\.?|approximately|ca\.|import|tax|excl|ex\.? vat|netto|bez dph|hors taxe|ht|zzgl)(?!\p{L})|\/ ?(?:kg|l|100|m|ml|g|st|szt|mes|mo)(?!\p{L})|\b(?:per|pro|par) (?:kg|l|100|month|monat|mois|unit|litre|liter|m)|скидк|эконом|доставк|мес(?!\p{L})|в месяц|баллов|бонус|рассрочк|кредит|за кг|без ндс|运费|運費|免運|滿額|加購|每期|分期|再折/iu;

/** What right behind an amount makes it a rate, a saving or a fee. */
const SIDE_AFTER =
  /^(?:\/|per\b|pro\b|par (?:mois|kg)|al mes|mensual|monthly|p\.?m\.?\b|pcm\b|mtl|month|\/?mo\b|off\b|discount|delivery|shipping|postage|versand|за (?:кг|шт|м)|в мес|мес\b|x \d)/iu;

/** Scores every shown amount; `known` are amounts that the page's machine-readable data gives for the product. */
export function scorePrices(
  candidates: readonly PriceCandidate[],
  index: PageIndex,
  known: readonly string[],
): readonly ScoredPrice[] {
  const crowds = crowdSizes(candidates);
  const echoes = echoCounts(candidates, index);
  return candidates.map((candidate) => {
    const amount = Number(candidate.price.amount);
    const repeats = Math.min(1.4, Math.max(0, (echoes.get(amount) ?? 0) - 1) * 0.5);
    const crowd = (crowds.get(signature(candidate.element)) ?? 0) >= 4 ? -2.5 : 0;
    const agreed = known.some((other) => Number(other) === amount) ? 2.5 : 0;
    const { isStruck, score } = ownScore(candidate, index);
    return { ...candidate, isStruck, score: score + repeats + crowd + agreed };
  });
}

/** What the candidate's names, words and place say, apart from its fellows. */
function ownScore(candidate: PriceCandidate, index: PageIndex): Pick<ScoredPrice, 'score' | 'isStruck'> {
  const zone = index.zones.get(candidate.element);
  const words = wordsAround(candidate);
  const isStruck = zone.isStruck || STRUCK_WORDS.test(`${words.before} ${words.own}`);
  const place = nameScore(candidate) + zoneScore(zone) + placeScore(candidate.element, index);
  return { isStruck, score: place + (isStruck ? -6 : 0) + (isSideAmount(words) ? -4 : 0) };
}

function nameScore({ priceNameAt, currentNameAt, hasCurrency, price }: PriceCandidate): number {
  const priced = priceNameAt <= 1 ? 2 : priceNameAt <= 3 ? 1 : 0;
  const current = currentNameAt <= 2 ? 1.2 : 0;
  return priced + current + (hasCurrency ? 1 : -0.5) + (price.amount.includes('.') ? 0.2 : 0);
}

function zoneScore(zone: Zone): number {
  return (
    (zone.isOther ? -5 : 0) +
    (zone.isFurniture ? -5 : 0) +
    (zone.isReview ? -3 : 0) +
    (zone.isHidden ? -2 : 0) +
    (zone.isSideAmount ? -3.5 : 0) +
    (zone.isLinked ? -2.5 : 0) +
    (zone.isCard ? -1.5 : 0)
  );
}

/** Nearness to the product's heading and to its basket button, in document order and in the tree. */
function placeScore(element: Element, index: PageIndex): number {
  const at = placeOf(element);
  return titleScore(element, at, index) + buttonScore(element, at, index);
}

function titleScore(element: Element, at: number, { title }: PageIndex): number {
  if (title === null) return 0;
  const distance = at - placeOf(title);
  const steps = stepsToCommon(title, element);
  const tree = Math.max(0, 1.5 - steps * 0.15);
  if (distance < 0) return tree + (distance > -40 ? 0 : distance > -150 ? -1.5 : -2.5);
  return tree + Math.max(0, 2 - distance / 200);
}

function buttonScore(element: Element, at: number, { buyButtons }: PageIndex): number {
  let best = 0;
  for (const button of buyButtons.slice(0, 12)) {
    const distance = Math.abs(placeOf(button) - at);
    if (distance > 160) continue;
    best = Math.max(best, 1.5 - distance / 160 - stepsToCommon(element, button) * 0.04);
  }
  return best;
}

interface Words {
  readonly own: string;
  /** Up to the number before it. */
  readonly before: string;
  readonly after: string;
}

/** The candidate's own words, those just before it and those just after it in its parent. */
function wordsAround({ element, text }: PriceCandidate): Words {
  const own = text.replace(/[\d.,]+/g, ' ');
  const parent = parentOf(element);
  const around = parent === null ? '' : textOf(parent, 400);
  const shown = textOf(element, 60);
  const at = around.indexOf(shown);
  if (at < 0) return { own, before: '', after: '' };
  const before = around
    .slice(Math.max(0, at - 32), at)
    .replace(/\(\d+\)/g, '')
    .replace(/^.*\d/, '');
  return { own, before, after: around.slice(at + shown.length, at + shown.length + 14) };
}

/** Whether the words make the amount something else than the product's price. */
function isSideAmount({ own, before, after }: Words): boolean {
  return SIDE_WORDS.test(own) || SIDE_WORDS.test(before) || SIDE_AFTER.test(after.trim());
}

/** In how many independent places each amount is shown outside lists and other products. */
function echoCounts(candidates: readonly PriceCandidate[], { zones }: PageIndex): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { element, price } of candidates) {
    const zone = zones.get(element);
    if (zone.isOther || zone.isFurniture || zone.isReview || zone.isStruck || zone.isSideAmount) continue;
    counts.set(Number(price.amount), (counts.get(Number(price.amount)) ?? 0) + 1);
  }
  return counts;
}

/** How many different amounts share one place in the page's pattern: a list of cards, not one product. */
function crowdSizes(candidates: readonly PriceCandidate[]): ReadonlyMap<string, number> {
  const amounts = new Map<string, Set<string>>();
  for (const { element, price } of candidates) {
    const key = signature(element);
    const known = amounts.get(key);
    if (known === undefined) amounts.set(key, new Set([price.amount]));
    else known.add(price.amount);
  }
  return new Map([...amounts].map(([key, set]) => [key, set.size]));
}

function signature(element: Element): string {
  const parts: string[] = [];
  for (let at: Element | null = element; at !== null && parts.length < 4; at = parentOf(at)) {
    parts.push(`${at.name}.${at.attribs['class'] ?? ''}`);
  }
  return parts.join('<');
}
