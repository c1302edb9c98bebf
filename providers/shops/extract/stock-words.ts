import type { Availability } from '../../../domain/catalog/product-page.ts';

/** A short text that says as a whole that the product cannot be bought. */
const OUT =
  /^(?:(?:sorry|status|availability|stock|наличие|verfügbarkeit|disponibilité|disponibilidad|disponibilidade|disponibilità|dostępność|dostupnost)[,:!.]? ?)?(?:(?:this|the) (?:product|item) is )?(?:(?:currently|temporarily|sorry,?|now|online|all|product|item|derzeit|momentan|aktuell|leider|zur zeit|actuellement|temporairement|momentanément|produit|article|producto|artículo|produto|prodotto|articolo|attualmente|momentaneamente|temporaneamente|actualmente|temporalmente|no momento|временно|товара?|пока|сейчас|produkt|obecnie|chwilowo|momentálně|dočasně) ?){0,3}(?:out[ -]of[ -]stock|sold[ -]?out|unavailable|not available|no longer available|not in stock|(?:нет|отсутствует) (?:в наличии|на складе|в продаже)|закончился|распродан[оа]?|недоступен|снят с производства|под заказ нет|немає в наявності|ausverkauft|nicht (?:mehr )?(?:verfügbar|auf lager|lieferbar|vorrätig)|vergriffen|en rupture(?: de stock)?|rupture de stock|épuisé|indisponible|non disponible|plus disponible|agotad[oa]|sin (?:stock|existencias)|no disponible|esgotad[oa]|indisponível|sem (?:stock|estoque)|fora de stock|esaurit[oa]|non disponibile|brak (?:w magazynie|towaru)|niedostępny|wyprzedan[ey]|produkt niedostępny|vyprodáno|není skladem|nedostupn[ýé]|nie je skladom|vypredan[éý]|niet (?:op voorraad|beschikbaar|leverbaar)|uitverkocht|slutsåld|slut i lager|ej i lager|udsolgt|ikke på lager|utsolgt|loppuunmyyty|ei varastossa|ei saatavilla|läbi müüdud|ei ole saadaval|otsas|nav pieejams|izpārdots|neturime|išparduota|nincs (?:készleten|raktáron)|elfogyott|stoc epuizat|indisponibil|stokta yok|tükendi|изчерпан|няма в наличност|εξαντλημένο|μη διαθέσιμο|售完|缺貨|已售完|已售罄|補貨中|在庫なし|売り切れ|품절|غير متوفر|نفدت الكمية)/iu;
/** The same inside a sentence about this product. */
const OUT_SENTENCE =
  /(?:this (?:product|item|style) (?:is|has)(?: currently| now| been| no longer)* (?:unavailable|out of stock|sold out|available|discontinued)(?<!is available))|(?:dieser artikel|dieses produkt) ist (?:derzeit |leider |zurzeit |momentan |zur zeit )*(?:nicht|ausverkauft)|(?:ce produit|cet article) (?:n'est|n’est) (?:plus|pas|actuellement pas) disponible|este (?:producto|artículo) (?:no está|ya no está) disponible|questo (?:prodotto|articolo) non è (?:più )?disponibile|(?:этот|данный) товар (?:закончился|отсутствует|недоступен|распродан)|товара? (?:сейчас |временно )?нет в наличии|toode pole hetkel saadaval|not available for purchase/iu;
const IN =
  /^(?:(?:availability|stock|status|наличие|verfügbarkeit|disponibilité|disponibilidad|disponibilità)[: ]+)?(?:in[ -]stock|available(?: now| online)?$|only \d+ left|(?:есть )?в наличии|на складе|auf lager|sofort (?:lieferbar|verfügbar)|vorrätig|lieferbar|en stock|disponible$|disponibile$|disponibilità immediata|disponível$|em stock|skladem|na sklade|dostępny|op voorraad|i lager|på lager|varastossa|laos$|raktáron|în stoc|stokta var)/iu;
const PREORDER =
  /^(?:pre-?order(?: now)?|предзаказ|vorbestell(?:en|bar)|précommander|reservar ahora|preordina|ennakkotilaa)/iu;

/** What a short text says about stock, in Russian, English and the commonest European languages; null when nothing. */
export function stockMeaning(text: string): Availability | null {
  const out = OUT.exec(text);
  if (out !== null && endsThere(text.slice(out[0].length).trim())) return 'out_of_stock';
  if (OUT_SENTENCE.test(text)) return 'out_of_stock';
  if (PREORDER.test(text) && text.length < 40) return 'preorder';
  return IN.test(text) && text.length < 50 ? 'in_stock' : null;
}

/** Whether nothing but punctuation or "for now" follows: "not available for this item" speaks of something else. */
function endsThere(rest: string): boolean {
  return (
    rest === '' ||
    (rest.length <= 30 &&
      /^(?:[.,!:;–—(…-]|online|at the moment|at this time|currently|right now|на складе|derzeit|pour le moment|en este momento|al momento)/iu.test(
        rest,
      ))
  );
}
