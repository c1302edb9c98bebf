import { isText } from 'domhandler';
import type { Element } from 'domhandler';
import type { Availability } from '../../../domain/catalog/product-page.ts';
import { collapse, parentOf, textOf } from './dom.ts';
import type { PageIndex } from './page-index.ts';
import { found } from './product-draft.ts';
import type { ProductDraft } from './product-draft.ts';

/** A short text that says as a whole that the product cannot be bought. */
const OUT =
  /^(?:(?:sorry|status|availability|stock|наличие|verfügbarkeit|disponibilité|disponibilidad|disponibilidade|disponibilità|dostępność|dostupnost)[,:!.]? ?)?(?:(?:this|the) (?:product|item) is )?(?:(?:currently|temporarily|sorry,?|now|online|all|product|item|derzeit|momentan|aktuell|leider|zur zeit|actuellement|temporairement|momentanément|produit|article|producto|artículo|produto|prodotto|articolo|attualmente|momentaneamente|temporaneamente|actualmente|temporalmente|no momento|временно|товара?|пока|сейчас|produkt|obecnie|chwilowo|momentálně|dočasně) ?){0,3}(?:out[ -]of[ -]stock|sold[ -]?out|unavailable|not available|no longer available|not in stock|(?:нет|отсутствует) (?:в наличии|на складе|в продаже)|закончился|распродан[оа]?|недоступен|снят с производства|под заказ нет|немає в наявності|ausverkauft|nicht (?:mehr )?(?:verfügbar|auf lager|lieferbar|vorrätig)|vergriffen|en rupture(?: de stock)?|rupture de stock|épuisé|indisponible|non disponible|plus disponible|agotad[oa]|sin (?:stock|existencias)|no disponible|esgotad[oa]|indisponível|sem (?:stock|estoque)|fora de stock|esaurit[oa]|non disponibile|brak (?:w magazynie|towaru)|niedostępny|wyprzedan[ey]|produkt niedostępny|vyprodáno|není skladem|nedostupn[ýé]|nie je skladom|vypredan[éý]|niet (?:op voorraad|beschikbaar|leverbaar)|uitverkocht|slutsåld|slut i lager|ej i lager|udsolgt|ikke på lager|utsolgt|loppuunmyyty|ei varastossa|ei saatavilla|läbi müüdud|ei ole saadaval|otsas|nav pieejams|izpārdots|neturime|išparduota|nincs (?:készleten|raktáron)|elfogyott|stoc epuizat|indisponibil|stokta yok|tükendi|изчерпан|няма в наличност|εξαντλημένο|μη διαθέσιμο|售完|缺貨|已售完|已售罄|補貨中|在庫なし|売り切れ|품절|غير متوفر|نفدت الكمية)/iu;
/** The same inside a sentence about this product. */
const OUT_SENTENCE =
  /(?:this (?:product|item|style) (?:is|has)(?: currently| now| been| no longer)* (?:unavailable|out of stock|sold out|available|discontinued)(?<!is available))|(?:dieser artikel|dieses produkt) ist (?:derzeit |leider |zurzeit |momentan |zur zeit )*(?:nicht|ausverkauft)|(?:ce produit|cet article) (?:n'est|n’est) (?:plus|pas|actuellement pas) disponible|este (?:producto|artículo) (?:no está|ya no está) disponible|questo (?:prodotto|articolo) non è (?:più )?disponibile|(?:этот|данный) товар (?:закончился|отсутствует|недоступен|распродан)|товара? (?:сейчас |временно )?нет в наличии|toode pole hetkel saadaval|not available for purchase/iu;
const IN =
  /^(?:(?:availability|stock|status|наличие|verfügbarkeit|disponibilité|disponibilidad|disponibilità)[: ]+)?(?:in[ -]stock|available(?: now| online)?$|only \d+ left|(?:есть )?в наличии|на складе|auf lager|sofort (?:lieferbar|verfügbar)|vorrätig|lieferbar|en stock|disponible$|disponibile$|disponibilità immediata|disponível$|em stock|skladem|na sklade|dostępny|op voorraad|i lager|på lager|varastossa|laos$|raktáron|în stoc|stokta var)/iu;
const PREORDER = /^(?:pre-?order(?: now)?|предзаказ|vorbestell(?:en|bar)|précommander|reservar ahora|preordina|ennakkotilaa)/iu;

/** Texts longer than this talk about something else. */
const MAX_CHARS = 90;
/** How far after the product's heading its stock line may stand, elements. */
const REACH = 700;

/** Availability as the page's own words and basket button say it; `stated` is what machine-readable data claims. */
export function readDomAvailability(index: PageIndex, stated: Availability | null): ProductDraft {
  const words = stockWords(index);
  const canBuy = index.buyButtons.some((button) => isUsable(button, index));
  if (words === 'out_of_stock' && !(canBuy && stated === 'in_stock')) return says('out_of_stock', 0.7);
  if (stated === 'out_of_stock' && canBuy) return says('in_stock', 0.55);
  if (stated !== null) return {};
  if (words !== null) return says(words, 0.65);
  return canBuy ? says('in_stock', 0.5) : {};
}

function says(availability: Availability, confidence: number): ProductDraft {
  return { availability: found(availability, 'dom', confidence) };
}

/** What short texts near the product's heading say; a text that repeats belongs to variants, not to the product. */
function stockWords(index: PageIndex): Availability | null {
  const seen = new Map<Availability, Set<string>>();
  for (const element of index.page.elements) {
    const text = ownText(element);
    if (text.length < 3 || text.length > MAX_CHARS || !isMainPart(element, index)) continue;
    const says = meaning(text);
    if (says === null) continue;
    const places = seen.get(says) ?? new Set();
    seen.set(says, places.add(placeOf(element)));
  }
  if (seen.has('out_of_stock')) return 'out_of_stock';
  if (seen.has('in_stock')) return 'in_stock';
  return seen.has('preorder') ? 'preorder' : null;
}

function meaning(text: string): Availability | null {
  const out = OUT.exec(text);
  if (out !== null && endsThere(text.slice(out[0].length).trim())) return 'out_of_stock';
  if (OUT_SENTENCE.test(text)) return 'out_of_stock';
  if (PREORDER.test(text) && text.length < 40) return 'preorder';
  return IN.test(text) && text.length < 50 ? 'in_stock' : null;
}

/** Whether nothing but punctuation or "for now" follows: "not available for this item" speaks of something else. */
function endsThere(rest: string): boolean {
  return rest === '' || (rest.length <= 30 && /^(?:[.,!:;–—(…-]|online|at the moment|at this time|currently|right now|на складе|derzeit|pour le moment|en este momento|al momento)/iu.test(rest));
}

function ownText(element: Element): string {
  let text = '';
  for (const child of element.children) if (isText(child)) text += child.data;
  return text.length > 400 ? '' : collapse(text);
}

function placeOf(element: Element): string {
  return `${parentOf(element)?.name ?? ''} ${parentOf(element)?.attribs['class'] ?? ''} ${element.name}`;
}

const NOT_STATEMENTS = new Set(['script', 'style', 'option', 'title', 'noscript', 'template', 'li', 'label', 'input']);

function isMainPart(element: Element, { zones, order, title }: PageIndex): boolean {
  const zone = zones.get(element);
  if (NOT_STATEMENTS.has(element.name) || zone === undefined) return false;
  if (zone.isOther || zone.isFurniture || zone.isReview || zone.isHidden || zone.isCard || zone.isLinked) return false;
  if (isVariantChoice(element) || isButtonState(element)) return false;
  if (title === null) return true;
  const distance = (order.get(element) ?? 0) - (order.get(title) ?? 0);
  return distance > -150 && distance < REACH;
}

/** Inside a list of sizes, colours or shops, where a stock word speaks of one entry. */
function isVariantChoice(element: Element): boolean {
  let steps = 0;
  for (let at: Element | null = element; at !== null && steps < 6; at = parentOf(at), steps += 1) {
    if (at.name === 'select' || at.name === 'li' || at.name === 'label') return true;
    if (/sizes|size[-_]?(?:select|list|option|pick|chooser|button|item|variation)|swatch|variant|option|store[-_]?(?:list|avail|stock)|pickup|gallery|image|thumb|video/i.test(at.attribs['class'] ?? '')) return true;
  }
  return false;
}

/** One of several captions of a control, of which styles show one. */
function isButtonState(element: Element): boolean {
  const parent = parentOf(element);
  if (parent === null || (parent.name !== 'a' && parent.name !== 'button')) return false;
  return textOf(parent, 200).length > textOf(element, 200).length + 3;
}

/** A basket control that is shown and can be pressed. */
function isUsable(button: Element, { zones }: PageIndex): boolean {
  const { attribs } = button;
  if (button.name === 'form') return false;
  if ('disabled' in attribs || attribs['aria-disabled'] === 'true') return false;
  if (/disabled|inactive|sold-?out|out-?of-?stock|hidden/i.test(attribs['class'] ?? '')) return false;
  const zone = zones.get(button);
  return zone !== undefined && !zone.isHidden && !zone.isCard && (button.name === 'input' || textOf(button, 40) !== '');
}
