/** An identifier-like part of an address with how likely it is the product's own, 0..2. */
export interface UrlId {
  readonly value: string;
  readonly weight: number;
}

const ID_PARAMETERS =
  /^(?:sku|pid|id|item(?:id)?|product(?:_?id)?|prod(?:_?id)?|art(?:icle|no|nr)?|childsku|code|ref|goods_?id|variant(?:_?id)?|model)$/i;
const WORD_PREFIX = /^(?:p|pd|i|iid|id|sku|prd|prod|product|art|item|itm|a|g|n|pr|ref)(?=\d{4,}$)/i;

/** Identifiers in a product address, best first: id parameters, then the ends of the last path segments. */
export function urlIds(address: string): readonly UrlId[] {
  const url = URL.parse(address);
  if (url === null) return [];
  const ids: UrlId[] = [];
  for (const [name, value] of url.searchParams) {
    if (ID_PARAMETERS.test(name) && isId(value)) ids.push({ value, weight: 1.8 });
  }
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  for (const [fromEnd, segment] of segments.toReversed().slice(0, 4).entries())
    ids.push(...segmentIds(segment, fromEnd));
  return ids.toSorted((one, other) => other.weight - one.weight);
}

function segmentIds(segment: string, fromEnd: number): readonly UrlId[] {
  const bare = decoded(segment).replace(/\.(?:html?|php|aspx?|jsp)$/i, '');
  const parts = bare.split(/[-_.,;~=]+/).filter((part) => part !== '');
  const place = 1 - fromEnd * 0.15;
  if (parts.length === 1) return isId(bare) ? [weighed(bare, 1.5 * place)] : [];
  return parts.flatMap((part, at) => {
    if (!isId(part)) return [];
    const isEdge = at === parts.length - 1 || at === 0;
    return [weighed(part, (isEdge ? 1.3 : 0.7) * place)];
  });
}

/** Digits alone without the letters that only mark them as an id; long numbers are ids more often than short ones. */
function weighed(part: string, weight: number): UrlId {
  const value = part.replace(WORD_PREFIX, '').replace(/^[a-z](?=\d{5,}$)/, '');
  return { value, weight: value.length < 5 ? weight * 0.5 : weight };
}

function isId(text: string): boolean {
  if (!/^[A-Za-z0-9_-]{4,32}$/.test(text)) return false;
  const digits = text.replace(/\D/g, '').length;
  return digits >= 4 || (digits >= 2 && text.length >= 8 && !/[a-z]{5}/.test(text));
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
