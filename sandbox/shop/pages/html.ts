import type { ShopAvailability, ShopProduct } from '../products.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text made safe for HTML content and double-quoted attributes. */
export function esc(text: string): string {
  return text.replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char);
}

/** JSON that can stand inside a script element. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c');
}

/** An amount as a shopper reads it: "1 290 ₽", "$24.50". `rouble` is the sign for charsets that lack ₽. */
export function money(amount: number, currency: ShopProduct['currency'], rouble = '₽'): string {
  if (currency === 'RUB') {
    const whole = Number.isInteger(amount) ? String(amount) : amount.toFixed(2).replace('.', ',');
    return `${whole.replace(/\B(?=(\d{3})+(?!\d))/g, '\u00a0')}\u00a0${rouble}`;
  }
  const sign = { USD: '$', GBP: '£', EUR: '€' }[currency];
  return sign + amount.toFixed(2);
}

interface Words {
  readonly shop: string;
  readonly slogan: string;
  readonly home: string;
  readonly everything: string;
  readonly availability: Readonly<Record<ShopAvailability, string>>;
  readonly onRequest: string;
  readonly from: string;
  readonly sku: string;
  readonly brand: string;
  readonly buy: string;
  readonly about: string;
  readonly details: string;
  readonly related: string;
  readonly reviews: string;
  readonly next: string;
  readonly previous: string;
  readonly notFound: string;
  readonly search: string;
  readonly cart: string;
}

const RU: Words = {
  shop: 'Коробка радости',
  slogan: 'подарки, которые хочется оставить себе',
  home: 'Главная',
  everything: 'Все подарки',
  availability: { in_stock: 'В наличии', out_of_stock: 'Нет в наличии', preorder: 'Предзаказ' },
  onRequest: 'Цена по запросу',
  from: 'от',
  sku: 'Артикул',
  brand: 'Бренд',
  buy: 'В корзину',
  about: 'Описание',
  details: 'Характеристики',
  related: 'С этим смотрят',
  reviews: 'отзывов',
  next: 'Дальше',
  previous: 'Назад',
  notFound: 'Товар не найден',
  search: 'Поиск',
  cart: 'Корзина',
};

const EN: Words = {
  shop: 'Box of Joy',
  slogan: 'gifts you would rather keep',
  home: 'Home',
  everything: 'All gifts',
  availability: { in_stock: 'In stock', out_of_stock: 'Out of stock', preorder: 'Pre-order' },
  onRequest: 'Price on request',
  from: 'from',
  sku: 'SKU',
  brand: 'Brand',
  buy: 'Add to basket',
  about: 'Description',
  details: 'Details',
  related: 'You may also like',
  reviews: 'reviews',
  next: 'Next',
  previous: 'Back',
  notFound: 'Product not found',
  search: 'Search',
  cart: 'Basket',
};

/** The shop's own words in the language of a page. */
export function words(language: 'ru' | 'en'): Words {
  return language === 'ru' ? RU : EN;
}

/** The price as the page shows it: an amount, "from … to …", or "on request". */
export function priceText(product: ShopProduct, rouble = '₽'): string {
  const { price, highPrice, currency, language } = product;
  if (price === null) return words(language).onRequest;
  const low = money(price, currency, rouble);
  return highPrice === null ? low : `${low} – ${money(highPrice, currency, rouble)}`;
}
