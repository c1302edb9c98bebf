/** How the pages of a section say what they sell. */
export type PageStyle =
  | 'json-ld'
  | 'json-ld-graph'
  | 'product-group'
  | 'aggregate-offer'
  | 'microdata'
  | 'rdfa'
  | 'open-graph'
  | 'plain'
  | 'windows-1251'
  | 'initial-state'
  | 'next-data'
  | 'api';

/** A department of the shop: one page style, one language, one currency, one shape of URLs. */
export interface Section {
  readonly key: string;
  readonly name: string;
  readonly language: 'ru' | 'en';
  readonly currency: 'RUB' | 'USD' | 'GBP' | 'EUR';
  readonly style: PageStyle;
  /** Path of a product page; `{category}`, `{slug}` and `{id}` are filled in. */
  readonly path: string;
}

const ru = (key: string, name: string, rest: Pick<Section, 'style' | 'path'>): Section => {
  return { key, name, language: 'ru', currency: 'RUB', ...rest };
};

const en = (key: string, name: string, rest: Pick<Section, 'style' | 'path' | 'currency'>): Section => {
  return { key, name, language: 'en', ...rest };
};

/** Every section, in the order of the menu. Each has a data file of the same name in `data/`. */
export const SECTIONS: readonly Section[] = [
  ru('dom', 'Дом и уют', { style: 'json-ld', path: '/dom/{slug}-p{id}/' }),
  ru('ukrasheniya', 'Украшения', { style: 'product-group', path: '/jewellery/{category}/{slug}/{id}' }),
  ru('kukhnya', 'Кухня и вкусное', { style: 'microdata', path: '/kukhnya/{id}.html' }),
  ru('hobbi', 'Хобби', { style: 'plain', path: '/goods.php?id={id}' }),
  ru('deti', 'Детям', { style: 'open-graph', path: '/deti/tovar/{slug}_{id}' }),
  ru('knigi', 'Книги и бумага', { style: 'windows-1251', path: '/books/{id}/' }),
  ru('tekhnika', 'Техника', { style: 'initial-state', path: '/tech/product/{id}/{slug}' }),
  ru('vpechatleniya', 'Впечатления', { style: 'aggregate-offer', path: '/gift-cards/{slug}-{id}/' }),
  en('home', 'Home', { style: 'json-ld-graph', currency: 'USD', path: '/en/home/{slug}-{id}' }),
  en('outdoors', 'Outdoors', { style: 'rdfa', currency: 'GBP', path: '/en/outdoors/{category}/{slug}/{id}.html' }),
  en('kitchen', 'Kitchen', { style: 'next-data', currency: 'EUR', path: '/en/kitchen/{slug}/dp/{id}' }),
  en('studio', 'Studio', { style: 'plain', currency: 'USD', path: '/en/studio/item/{id}' }),
  en('kids', 'Kids', { style: 'microdata', currency: 'GBP', path: '/en/kids/{slug}-{id}.html' }),
  { key: 'market', name: 'Market', language: 'en', currency: 'USD', style: 'api', path: '/market/p/{id}' },
];
