import { escapeHtml } from '../shared/html.ts';
import type { Language } from '../accounts/language.ts';
import type { GiftChange } from './gift-changes.ts';
import type { StarGift } from './star-gift.ts';

interface NoticeTexts {
  readonly appeared: string;
  readonly batch: (count: number) => string;
  readonly changes: (count: number) => string;
  readonly gift: string;
  readonly price: string;
  readonly left: string;
  readonly of: string;
  readonly unlimited: string;
  readonly premiumOnly: string;
  readonly perUser: string;
  readonly lockedUntil: string;
  readonly auctionOnly: string;
  readonly upgrade: string;
  readonly soldOut: string;
  readonly soldOutIn: (duration: string) => string;
  readonly restocked: string;
  readonly upgradable: string;
  readonly auctionStarted: string;
  readonly priceChanged: string;
  readonly units: readonly [day: string, hour: string, minute: string, second: string];
}

const TEXTS: Readonly<Record<Language, NoticeTexts>> = {
  ru: {
    appeared: 'Новый подарок',
    batch: (count) => `Новых подарков: ${count}`,
    changes: (count) => `Изменений у подарков: ${count}`,
    gift: 'Подарок',
    price: 'Цена',
    left: 'Осталось',
    of: 'из',
    unlimited: 'Тираж не ограничен',
    premiumOnly: 'Только с Premium',
    perUser: 'В одни руки',
    lockedUntil: 'Отправить можно после',
    auctionOnly: 'Только с аукциона: автопокупка его не берёт',
    upgrade: 'Улучшение',
    soldOut: 'Распродан',
    soldOutIn: (duration) => `Распродан за ${duration}`,
    restocked: 'Снова в продаже',
    upgradable: 'Теперь можно улучшить',
    auctionStarted: 'Начался аукцион: автопокупка в нём не участвует',
    priceChanged: 'Цена изменилась',
    units: ['д', 'ч', 'мин', 'с'],
  },
  en: {
    appeared: 'New gift',
    batch: (count) => `New gifts: ${count}`,
    changes: (count) => `Changes of gifts: ${count}`,
    gift: 'Gift',
    price: 'Price',
    left: 'Left',
    of: 'of',
    unlimited: 'Unlimited supply',
    premiumOnly: 'Premium only',
    perUser: 'Per person',
    lockedUntil: 'Can be sent after',
    auctionOnly: 'By auction only: autobuy does not take it',
    upgrade: 'Upgrade',
    soldOut: 'Sold out',
    soldOutIn: (duration) => `Sold out in ${duration}`,
    restocked: 'On sale again',
    upgradable: 'Can be upgraded now',
    auctionStarted: 'The auction has begun: autobuy takes no part in it',
    priceChanged: 'The price has changed',
    units: ['d', 'h', 'min', 's'],
  },
};

/** The two largest units of a time in ms, e.g. «3 мин 10 с»; 0 and more. */
export function durationText(ms: number, language: Language): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const sizes = [86_400, 3_600, 60, 1];
  const first = Math.max(
    0,
    sizes.findIndex((size) => seconds >= size),
  );
  const amounts = sizes.map((size, place) => {
    const above = sizes[place - 1];
    return Math.floor((above === undefined ? seconds : seconds % above) / size);
  });
  const from = seconds === 0 ? sizes.length - 1 : first;
  const parts = amounts.slice(from, from + 2).map((amount, place) => ({ amount, place: from + place }));
  return parts
    .filter(({ amount, place }) => amount > 0 || place === from)
    .map(({ amount, place }) => `${amount} ${TEXTS[language].units[place] ?? ''}`)
    .join(' ');
}

const amountText = (amount: number): string => String(amount).replaceAll(/\B(?=(\d{3})+$)/g, '\u00A0');

/** Names the gift in HTML: its title, or its id. */
const nameOf = ({ id, title }: StarGift): string =>
  title === null || title.trim() === '' ? `<code>${id}</code>` : `<b>${escapeHtml(title)}</b>`;

const isGone = ({ isLimited, isSoldOut, remaining }: StarGift): boolean => isLimited && (isSoldOut || remaining === 0);

/** Share of the copies left, whole percent, rounded up: 0 = none is left; null = not limited. */
export function percentLeft({ remaining, total }: StarGift): number | null {
  if (remaining === null || total === null || total <= 0) return null;
  return Math.min(100, Math.max(0, Math.ceil((remaining / total) * 100)));
}

/** How many are left, or how long they lasted. */
function stockLine(gift: StarGift, language: Language): string {
  const texts = TEXTS[language];
  const { firstSaleAt, lastSaleAt, remaining, total } = gift;
  if (!gift.isLimited) return `♾ ${texts.unlimited}`;
  if (isGone(gift)) return `❌ ${soldOutText(firstSaleAt === null ? null : (lastSaleAt ?? 0) - firstSaleAt, language)}`;
  if (remaining === null || total === null) return '';
  return `📦 ${texts.left}: ${amountText(remaining)} ${texts.of} ${amountText(total)} (${percentLeft(gift) ?? 0}%)`;
}

const soldOutText = (lastedMs: number | null, language: Language): string =>
  lastedMs === null || lastedMs <= 0
    ? TEXTS[language].soldOut
    : TEXTS[language].soldOutIn(durationText(lastedMs, language));

/** The message about one new gift, as it stands: edited as its stock falls. HTML, below 1,000 characters but for the title. */
export function giftCard(gift: StarGift, language: Language): string {
  const texts = TEXTS[language];
  const { priceStars, perUserTotal, lockedUntil, upgradeStars } = gift;
  const lines = [
    `🎁 ${texts.appeared} ${nameOf(gift)}`,
    `💰 ${texts.price}: ${amountText(priceStars)} ⭐`,
    stockLine(gift, language),
    gift.requiresPremium ? `💎 ${texts.premiumOnly}` : '',
    perUserTotal === null ? '' : `👤 ${texts.perUser}: ${amountText(perUserTotal)}`,
    lockedUntil === null ? '' : `🔒 ${texts.lockedUntil} ${timeText(lockedUntil)}`,
    gift.isAuction ? `🔨 ${texts.auctionOnly}` : '',
    upgradeStars === null ? '' : `✨ ${texts.upgrade}: ${amountText(upgradeStars)} ⭐`,
    gift.title === null ? '' : `🆔 <code>${gift.id}</code>`,
  ];
  return lines.filter((line) => line !== '').join('\n');
}

const timeText = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** One message about several new gifts, as they stand: edited as their stock falls. HTML. */
export function giftDigest(gifts: readonly StarGift[], language: Language): string {
  const { batch } = TEXTS[language];
  const lines = gifts.flatMap((gift) => [
    '',
    `${nameOf(gift)} · ${amountText(gift.priceStars)} ⭐${marks(gift)}`,
    stockLine(gift, language),
  ]);
  return [`🎁 ${batch(gifts.length)}`, ...lines].join('\n').trimEnd();
}

const marks = ({ requiresPremium, isAuction, lockedUntil }: StarGift): string =>
  `${requiresPremium ? ' 💎' : ''}${isAuction ? ' 🔨' : ''}${lockedUntil === null ? '' : ' 🔒'}`;

/** Changes that are told by a message of their own. */
export type ToldChange = Extract<
  GiftChange,
  { readonly kind: 'restocked' | 'price-changed' | 'became-upgradable' | 'auction-started' | 'sold-out' }
>;

/** One line about what happened to a gift. HTML. */
export function changeLine(change: ToldChange, gift: StarGift, language: Language): string {
  const texts = TEXTS[language];
  const name = `${texts.gift} ${nameOf(gift)}`;
  switch (change.kind) {
    case 'restocked':
      return `♻️ ${name}: ${texts.restocked}, ${amountText(change.remaining)} ${texts.of} ${amountText(change.total)}, ${amountText(gift.priceStars)} ⭐`;
    case 'price-changed':
      return `💰 ${name}: ${texts.priceChanged}, ${amountText(change.fromStars)} → ${amountText(change.toStars)} ⭐`;
    case 'became-upgradable':
      return `✨ ${name}: ${texts.upgradable}, ${amountText(change.upgradeStars)} ⭐`;
    case 'auction-started':
      return `🔨 ${name}: ${texts.auctionStarted}`;
    case 'sold-out':
      return `❌ ${name}: ${soldOutText(change.lastedMs, language)}`;
  }
}

/** Heads a message with several changes. */
export const changesTitle = (count: number, language: Language): string => `🔔 ${TEXTS[language].changes(count)}`;
