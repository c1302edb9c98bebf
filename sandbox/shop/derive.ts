const CYRILLIC = 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя';
const LATIN = 'a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh sch  y  e yu ya'.split(' ');

/** A URL slug of a Russian or English text: lower case, ASCII, hyphens. */
export function slugOf(text: string): string {
  const latin = Array.from(text.toLowerCase(), (char) => {
    const at = CYRILLIC.indexOf(char);
    return at === -1 ? char : (LATIN[at] ?? '');
  });
  return latin
    .join('')
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** GTIN-13 with a valid check digit; 952 is the prefix GS1 keeps for demonstrations, so no real article has it. */
export function gtinOf(id: number): string {
  const body = `952${String(id * 37).padStart(9, '0')}`;
  const sum = Array.from(body).reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** A number 0..1 that depends on the id and the salt only, so that every start shows the same shop. */
export function steady(id: number, salt: number): number {
  const mixed = Math.imul(id ^ (salt * 0x9e3779b1), 0x85ebca6b);
  const folded = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((folded ^ (folded >>> 16)) >>> 0) / 2 ** 32;
}
