import { NAME_BITS } from './name-facts.ts';
import type { Element } from 'domhandler';
import { isMainPart } from './dom-labels.ts';
import { absoluteUrl, attributeOf, elementsUnder, named, namedAny, parentOf, placeOf, textOf, visible } from './dom.ts';
import type { PageIndex } from './page-index.ts';
import { found } from './product-draft.ts';
import type { ProductDraft } from './product-draft.ts';
import { namesOf } from './zones.ts';

/** Heading, photos, description, attribute tables and breadcrumbs as the page shows them, each only where `known` lacks it. */
export function readDomContent(index: PageIndex, url: string, known: ProductDraft): ProductDraft {
  return { ...textContent(index, known), ...listContent(index, url, known) };
}

function textContent(index: PageIndex, known: ProductDraft): ProductDraft {
  const draft: ProductDraft = {};
  const title = index.title === null ? '' : visible(textOf(index.title, 400));
  if (known.title === undefined && title !== '') draft.title = found(title, 'dom');
  const description = known.description === undefined ? descriptionOf(index) : null;
  if (description !== null) draft.description = found(description, 'dom', 0.5);
  return draft;
}

function listContent(index: PageIndex, url: string, known: ProductDraft): ProductDraft {
  const draft: ProductDraft = {};
  const images = known.images === undefined ? photos(index, url) : [];
  if (images.length > 0) draft.images = found(images, 'dom');
  const attributes = known.attributes === undefined ? attributePairs(index) : [];
  if (attributes.length > 0) draft.attributes = found(Object.fromEntries(attributes), 'dom');
  const crumbs = known.categoryPath === undefined ? breadcrumbs(index) : [];
  if (crumbs.length > 0) draft.categoryPath = found(crumbs, 'dom');
  return draft;
}

const SOURCES = ['data-zoom-image', 'data-large', 'data-src', 'data-original', 'data-lazy', 'src'];
const NO_PHOTO = /sprite|logo|icon|pixel|placeholder|loading|spinner|blank|avatar|flag|badge|banner/i;
/** Drawings are photos only in what is named a gallery. */
const DRAWING = /\.(?:svg|gif)(?:$|\?)/i;

/** Photos around the product's heading, best first: those named as the product's, then the others. */
function photos(index: PageIndex, url: string): readonly string[] {
  const at = index.title === null ? 0 : placeOf(index.title);
  const near = named(index.page, 'img').filter((image) => isAround(image, at) && isMainPart(image, index));
  const inGallery = near.filter(isGalleryPart);
  const urls = (inGallery.length > 0 ? inGallery : near).flatMap((image) => photoUrl(image, url) ?? []);
  const shown = inGallery.length > 0 ? urls : urls.filter((link) => !DRAWING.test(link));
  return [...new Set(shown)].slice(0, 20);
}

function isAround(image: Element, at: number): boolean {
  const distance = placeOf(image) - at;
  return distance >= -250 && distance < 400;
}

/** Where data gives one photo and the page's gallery shows that very one among others, all of them. */
export function readDomGallery(index: PageIndex, url: string, { images }: ProductDraft): ProductDraft {
  const [only, ...others] = images?.value ?? [];
  if (images === undefined || only === undefined || others.length > 0) return {};
  const shown = photos(index, url);
  if (shown.length < 2 || !shown.includes(only)) return {};
  return { images: { ...images, value: [only, ...shown.filter((link) => link !== only)] } };
}

function isGalleryPart(image: Element): boolean {
  let steps = 0;
  for (let at: Element | null = image; at !== null && steps < 5; at = parentOf(at), steps += 1) {
    if (/gallery|product[-_]?(?:image|photo|media|img)|main[-_]?(?:image|photo|img)|zoom|photo/.test(namesOf(at)))
      return true;
  }
  return false;
}

function photoUrl(image: Element, base: string): string | null {
  const width = Number(attributeOf(image, 'width') || '999');
  const link = SOURCES.map((name) => attributeOf(image, name)).find(
    (value) => value !== '' && !value.startsWith('data:'),
  );
  return link === undefined || width < 60 || NO_PHOTO.test(link) ? null : absoluteUrl(link, base);
}

function descriptionOf(index: PageIndex): string | null {
  let best = '';
  for (const element of index.zones.named(NAME_BITS.description)) {
    if (!DESCRIBED.has(element.name) || !isMainPart(element, index)) continue;
    const text = visible(textOf(element, 5_000));
    if (text.length > best.length) best = text;
  }
  return best.length < 20 ? describedBelow(index) : best;
}

const DESCRIPTION_HEADING =
  /^(?:(?:product )?(?:description|details)|about (?:this|the) (?:product|item)|описание(?: товара)?|о товаре|(?:produkt)?beschreibung|description du produit|descripción|descrizione|descrição|opis(?: produktu)?|popis(?: produktu)?)\s*:?$/iu;

/** The text right below a heading that announces it. */
function describedBelow(index: PageIndex): string | null {
  for (const { element, text } of index.labels) {
    if (!DESCRIPTION_HEADING.test(text)) continue;
    const below = visible(textAfter(element));
    if (below.length >= 20) return below;
  }
  return null;
}

function textAfter(element: Element): string {
  const siblings = parentOf(element)?.children ?? [];
  const next = siblings.slice(siblings.indexOf(element) + 1).find((node) => 'attribs' in node);
  return next === undefined || !('attribs' in next) || next.name === 'table' ? '' : textOf(next, 5_000);
}

const DESCRIBED = new Set(['div', 'section', 'p', 'article', 'span']);

/** Rows of two cells, definition lists, and "name: value" list items under the product, at most 60. */
function attributePairs(index: PageIndex): readonly (readonly [string, string])[] {
  const rows = namedAny(index.page, ['tr', 'dt']);
  return rows
    .filter((row) => isMainPart(row, index))
    .slice(0, 300)
    .flatMap(pairOf)
    .slice(0, 60);
}

function pairOf(row: Element): readonly (readonly [string, string])[] {
  const [name = '', value = ''] = row.name === 'tr' ? rowCells(row) : definition(row);
  const fits = name !== '' && value !== '' && name.length <= 60 && value.length <= 300;
  return fits ? [[name.replace(/\s*:$/, ''), value]] : [];
}

function rowCells(row: Element): readonly string[] {
  const cells = elementsUnder(row).filter((cell) => cell.name === 'td' || cell.name === 'th');
  return cells.length === 2 ? cells.map((cell) => visible(textOf(cell, 400))) : [];
}

function definition(term: Element): readonly string[] {
  const siblings = parentOf(term)?.children ?? [];
  const value = siblings.slice(siblings.indexOf(term) + 1).find((node) => 'attribs' in node);
  if (value === undefined || !('attribs' in value) || value.name !== 'dd') return [];
  return [visible(textOf(term, 100)), visible(textOf(value, 400))];
}

function breadcrumbs({ page, title, zones }: PageIndex): readonly string[] {
  const labelled = namedAny(page, ['nav', 'ol', 'ul', 'div']).find((element) =>
    /bread-?crumb|хлебные/i.test(attributeOf(element, 'aria-label')),
  );
  const trail = zones.named(NAME_BITS.crumbs).find((element) => element.name !== 'body') ?? labelled;
  if (trail === undefined) return [];
  const product = title === null ? '' : visible(textOf(title, 400));
  const names = elementsUnder(trail)
    .filter((element) => element.name === 'a')
    .map((element) => visible(textOf(element, 80)))
    .filter((name) => name !== '' && name !== product);
  return [...new Set(names)].slice(0, 12);
}
