import { isTag } from 'domhandler';
import type { Element } from 'domhandler';
import type { Variant } from '../../../domain/catalog/product-page.ts';
import { absoluteUrl, attributeOf, placeOf, textOf, visible } from './dom.ts';
import { NAME_BITS } from './name-facts.ts';
import type { PageIndex } from './page-index.ts';
import { found } from './product-draft.ts';
import type { ProductDraft } from './product-draft.ts';
import { isProductZone } from './zones.ts';

/** Elements after the heading among which its choices stand. */
const REACH = 250;
const MAX_CHOICES = 60;
const CHOICES = new Set(['span', 'button', 'li', 'label', 'a', 'option', 'div']);
const NO_CHOICE = /^(?:choose|select|please|size guide|выберите|таблица|bitte|choisi|seleccion|[-–—]+$)/iu;
const OUT = /(?:^|[\s_-])(?:none|disabled|unavailable|sold-?out|out(?:-of-stock)?|inactive)(?:$|[\s_-])/i;

/** The choices (sizes, colours) that a block so named under the heading lists, with those that are struck out marked. */
export function readDomVariants(index: PageIndex, url: string, known: ProductDraft): ProductDraft {
  if (known.variants !== undefined || index.title === null) return {};
  const from = placeOf(index.title);
  for (const block of index.zones.named(NAME_BITS.options)) {
    const distance = placeOf(block) - from;
    if (distance < 0 || distance > REACH || !isShown(block, index)) continue;
    const variants = choicesIn(block).map((choice) => variantOf(choice, url));
    const names = new Set(variants.map(({ name }) => name));
    if (variants.length > 1 && names.size === variants.length) return { variants: found(variants, 'dom', 0.4) };
  }
  return {};
}

function isShown(block: Element, { zones }: PageIndex): boolean {
  const zone = zones.get(block);
  return isProductZone(zone) && !zone.isHidden;
}

/** Short texts in elements of one kind, right in the block or in the one list inside it; none when anything else is there. */
function choicesIn(block: Element): readonly Element[] {
  const children = block.children.filter(isTag);
  const [first] = children;
  if (first === undefined) return [];
  if (children.length === 1) return first.children.some(isTag) ? choicesIn(first) : [];
  const isAlike = children.every(({ name }) => name === first.name);
  if (!isAlike || !CHOICES.has(first.name) || children.length > MAX_CHOICES) return [];
  const choices = children.filter((child) => !NO_CHOICE.test(nameOf(child)));
  return choices.every((choice) => isLabel(nameOf(choice))) ? choices : [];
}

function isLabel(name: string): boolean {
  return name !== '' && name.length <= 40;
}

function nameOf(choice: Element): string {
  return visible(textOf(choice, 60));
}

function variantOf(choice: Element, base: string): Variant {
  const isOut = 'disabled' in choice.attribs || OUT.test(attributeOf(choice, 'class'));
  return {
    name: nameOf(choice),
    sku: null,
    price: null,
    availability: isOut ? 'out_of_stock' : null,
    url: absoluteUrl(attributeOf(choice, 'href'), base),
  };
}
