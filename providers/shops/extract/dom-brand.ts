import { isMainPart, labelledTexts } from './dom-labels.ts';
import { attributeOf, parentOf, placeOf, textOf, visible } from './dom.ts';
import type { Element } from 'domhandler';
import type { PageIndex } from './page-index.ts';
import { found } from './product-draft.ts';
import type { ProductDraft } from './product-draft.ts';

const LABEL =
  /^(?:brand(?: name)?|marque|marke|marca|merk|märke|varumærke|varumärke|merke|brändi|tuotemerkki|kaubamärk|zīmols|prekės ženklas|бренд|торговая марка|марка|marka|značka|producent|producer|manufacturer|hersteller|fabricant|fabricante|produttore|производитель|виробник|výrobce|výrobca|tootja|ražotājs|gamintojas|gyártó|márka|producător|brand\/series|品牌|ブランド)(?=\s*[:：]|\s*$)/iu;
const BYLINE =
  /^(?:visit the (.+) store|brand: (.+)|marque ?: (.+)|marke: (.+)|marca: (.+)|by (.+)|(?:more|shop|see) (?:all )?(?:from|by)[ –:-]+(.+)|de la marque (.+)|besuche den (.+)-(?:store|shop)|visita lo store di (.+)|visiter la boutique (.+)|visita la tienda de (.+))$/iu;
const MAX_CHARS = 50;

/** The brand as the page shows it: a labelled row, a byline under the heading, an element or link named brand. */
export function readDomBrand(index: PageIndex): ProductDraft {
  const labelled = labelledTexts(index, LABEL).flatMap(({ element, rest, isWhole }) =>
    isWhole ? [rest].filter(isBrand) : firstCell(element, rest),
  );
  const value = labelled[0] ?? named(index)[0];
  return value === undefined ? {} : { brand: found(value, 'dom', labelled.length > 0 ? 0.7 : 0.5) };
}

/** The next cell or inline element alone, not the whole rest of the row. */
function firstCell(label: Element, rest: string): readonly string[] {
  const siblings = [label, parentOf(label)].flatMap((at) => (at === null ? [] : nextElements(at)));
  const cell = siblings
    .map((element) => visible(textOf(element, 200)))
    .find((text) => text !== '' && rest.startsWith(text));
  const value = (cell ?? rest).replace(/^[\s:：]+/, '');
  return isBrand(value) ? [value] : [];
}

function nextElements(element: Element): readonly Element[] {
  const siblings = parentOf(element)?.children ?? [];
  const at = siblings.indexOf(element);
  return siblings.slice(at + 1, at + 5).flatMap((node) => ('attribs' in node ? [node] : []));
}

function named(index: PageIndex): readonly string[] {
  const at = index.title === null ? 0 : placeOf(index.title);
  const near = index.page.elements.slice(Math.max(0, at - 60), at + 160);
  return near
    .filter((element) => isBrandNamed(element) && isMainPart(element, index))
    .map(brandText)
    .filter(isBrand);
}

function isBrandNamed(element: Element): boolean {
  const { attribs, name } = element;
  const names = `${attribs['class'] ?? ''} ${attribs['id'] ?? ''} ${attribs['itemprop'] ?? ''}`;
  if (names.length > 2 && NAMED.test(names)) return true;
  return name === 'a' && BRAND_PATH.test(attributeOf(element, 'href'));
}

const NAMED = /(?:^|[\s_-])(?:brand|byline|manufacturer|designer)(?:$|[\s_-]|name|info|link)/i;
const BRAND_PATH = /\/(?:brands?|marken?|marque|marcas?|brend|manufacturer|designers?)\//i;

function brandText(element: Element): string {
  const text = visible(textOf(element, 120)) || (element.attribs['content'] ?? imageName(element));
  const byline = BYLINE.exec(text)?.slice(1).find(Boolean) ?? text;
  return byline.replace(LABEL, '').replace(/^[\s:]+/, '');
}

function imageName(element: Element): string {
  const image = element.children.find((child) => 'attribs' in child && child.name === 'img');
  return image !== undefined && 'attribs' in image ? (image.attribs['alt'] ?? '').trim() : '';
}

function isBrand(text: string): boolean {
  return (
    text.length > 1 &&
    text.length <= MAX_CHARS &&
    /\p{L}/u.test(text) &&
    !/[:!?]|https?/.test(text) &&
    text.split(' ').length <= 6
  );
}
