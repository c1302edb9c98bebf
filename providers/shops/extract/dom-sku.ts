import type { Element } from 'domhandler';
import type { FieldOrigin } from '../../../domain/catalog/product-page.ts';
import { labelledTexts } from './dom-labels.ts';
import { named, placeOf, textOf, visible } from './dom.ts';
import { NAME_BITS, nameBits } from './name-facts.ts';
import type { PageIndex } from './page-index.ts';
import { found } from './product-draft.ts';
import type { ProductDraft } from './product-draft.ts';
import { urlIds } from './url-ids.ts';
import { isProductZone } from './zones.ts';
import type { PageZones } from './zones.ts';

/** Labels behind which shops write their own article number. */
const STRONG =
  /^(?:sku|asin|article(?: ?(?:no|number|code|id))?|art(?:ikel|ikl)?\.? ?-?(?:nr|no|nummer|num|n°)|artikelnummer|(?:[a-z]+ )?item ?(?:no|number|id|code|#)|product ?(?:code|no|number|id|ref(?:erence)?|sku)|prod(?:uct)?\. ?(?:code|no|nr)|catalog(?:ue)? ?(?:no|number)|stock ?(?:code|number|no)|style ?(?:no|number|code|#|id)|артикул|код(?: товара)?|номер товара|référence|réf|ref(?:erence|erencia|erência)?|código(?: (?:do produto|del producto|de producto))?|codice(?: (?:prodotto|articolo|art))?|kod(?: (?:produktu|towaru))?|nr (?:artykułu|katalogowy|ref)|indeks|kód(?: (?:produktu|tovaru|zboží))?|objednací (?:kód|číslo)|katalogové číslo|číslo (?:produktu|tovaru|zboží)|tootekood|preces kods|prekės kodas|cikkszám|tuote(?:numero|koodi)|varenummer|vare ?nr|artnr|bestellnummer|bestell-?nr|商品(?:編號|编号|番号|貨號|代碼)|貨號|品番|ürün kodu|cod(?: (?:produs|articol|art))?)(?![\p{L}\d])/iu;
const WEAK =
  /^(?:model(?:l|o|e|lo)?(?: ?(?:no|number|nr|code))?|модель|id|code|mpn|part ?(?:no|number)|manufacturer (?:part )?(?:no|number|code)|item model number|herstellernummer|codice produttore)(?![\p{L}\d])/iu;
const VALUE = /^[\p{L}\d][\p{L}\d./_-]{1,30}(?: \d[\d./-]{2,20})?/u;
const DATA_NAMES = new Set([
  'data-sku',
  'data-product-sku',
  'data-asin',
  'data-product-id',
  'data-productid',
  'data-item-id',
  'data-product-code',
  'data-article',
]);
const INPUT_NAMES = /^(?:sku|asin|product(?:[-_]?(?:id|code|sku))?|item[-_]?id|id_product|articleid|prodid|pid)$/i;

const WEIGHTS = { label: 6, weakLabel: 2, named: 3, data: 1, stated: 3 };

interface Evidence {
  readonly value: string;
  readonly weight: number;
  readonly from: FieldOrigin;
}

/** The article number with the most evidence: labels on the page, what data states, hidden fields and the address. */
export function readSku(index: PageIndex, url: string, stated: ProductDraft): ProductDraft {
  const own = stated.sku;
  const evidence: Evidence[] = [
    ...labelled(index),
    ...attributes(index),
    ...urlIds(url).map(({ value, weight }): Evidence => ({ value, weight, from: 'url' })),
    ...(own === undefined ? [] : [{ value: own.value, weight: WEIGHTS.stated, from: own.from }]),
  ];
  const best = strongest(evidence);
  if (best === null || best.value === own?.value) return {};
  return { sku: found(best.value, best.from, best.total >= 6 ? 0.8 : 0.5) };
}

/** Adds up the evidence for each value; a value needs the weight of more than a guess. */
function strongest(evidence: readonly Evidence[]): (Evidence & { readonly total: number }) | null {
  const sums = new Map<string, Evidence & { readonly total: number }>();
  const counted = new Set<string>();
  for (const item of evidence) {
    const key = item.value.toLowerCase();
    const kind = `${key} ${item.from} ${item.weight >= 2}`;
    if (counted.has(kind)) continue;
    counted.add(kind);
    const known = sums.get(key);
    const leading = known !== undefined && known.weight >= item.weight ? known : item;
    sums.set(key, { ...leading, total: (known?.total ?? 0) + item.weight });
  }
  const [best] = [...sums.values()].toSorted((one, other) => other.total - one.total);
  return best === undefined || best.total < 1 ? null : best;
}

/** Values behind a label such as "SKU:", near the product. */
function labelled(index: PageIndex): readonly Evidence[] {
  const weigh = (label: RegExp, weight: number) =>
    labelledTexts(index, label).flatMap(({ rest }, at): Evidence[] => {
      const value = valueIn(rest);
      return value === null ? [] : [{ value, weight: weight - at * 0.01, from: 'dom' }];
    });
  return [...weigh(STRONG, WEIGHTS.label), ...weigh(WEAK, WEIGHTS.weakLabel)];
}

function valueIn(rest: string): string | null {
  const text = rest.replace(/^[\s:.#№°|–-]+/, '');
  const value = VALUE.exec(text)?.[0].replace(/[.\-_/]+$/, '') ?? '';
  const digits = value.replace(/\D/g, '').length;
  const isNumber = digits >= 3 || (digits >= 1 && value.length >= 5);
  return isNumber && !/^\d{1,2}[./]\d{1,2}[./]\d{2,4}$/.test(value) ? value : null;
}

/** Elements named sku, product inputs and data attributes of the main product. */
function attributes({ page, zones }: PageIndex): readonly Evidence[] {
  const bearers = new Set([...zones.named(NAME_BITS.sku), ...named(page, 'input'), ...page.dataBearers]);
  const found: Evidence[] = [];
  for (const element of [...bearers].sort((one, other) => placeOf(one) - placeOf(other))) {
    if (found.length >= 40) break;
    if (!isProductZone(zones.get(element))) continue;
    const value = attributeValue(element, zones);
    if (value !== null) found.push(value);
  }
  return found;
}

function attributeValue(element: Element, zones: PageZones): Evidence | null {
  const raw = statedValue(element);
  if (raw !== null) return isCode(raw) ? { value: raw.trim(), weight: WEIGHTS.data, from: 'dom' } : null;
  if (!zones.isNamed(element, NAME_BITS.sku) && !hasSkuHook(element)) return null;
  const value = valueIn(visible(textOf(element, 60)).replace(STRONG, ''));
  return value === null ? null : { value, weight: WEIGHTS.named, from: 'dom' };
}

/** The value of a product input or of a data attribute that holds an article number. */
function statedValue({ name, attribs }: Element): string | null {
  if (name === 'input' && INPUT_NAMES.test(attribs['name'] ?? '')) return attribs['value'] ?? null;
  for (const attribute in attribs) if (DATA_NAMES.has(attribute)) return attribs[attribute] ?? null;
  return null;
}

/** A data attribute (a test hook of any name) that names an article number. */
function hasSkuHook({ attribs }: Element): boolean {
  for (const name in attribs) {
    const value = name.startsWith('data-') ? (attribs[name] ?? '') : '';
    if (value.length > 2 && value.length < 60 && (nameBits(value) & NAME_BITS.sku) !== 0) return true;
  }
  return false;
}

function isCode(text: string): boolean {
  return /^[\w./-]{3,32}$/.test(text.trim()) && /\d/.test(text);
}
