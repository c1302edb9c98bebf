/** White space and signs that may stand between groups of three digits, also as scripts and entities write them. */
const GAP = String.raw`(?:[\s.,'’]|&nbsp;|&#160;|&thinsp;|\\u00a0|\\u202f)?`;
const SPACE = String.raw`(?:\s|&nbsp;|&#160;|&thinsp;|\\u00a0|\\u202f|<[^<>]{0,80}>){0,6}`;
const SIGN = String.raw`(?:[$€£¥₹₽₺₴₸₩₪元円]|&euro;|&pound;|&yen;|&#8364;|&#8381;|\\u20ac|\\u20bd|\\u00a3|руб|р\.|грн|тг|zł|kč|(?<![a-z])(?:kr|lei|ft|usd|eur|gbp|rub|pln|czk|sek|nok|dkk|chf|aud|cad|inr|brl)(?![a-z]))`;
const SIGN_AFTER = new RegExp(`^${SPACE}${SIGN}`, 'iu');
const SIGN_BEFORE = new RegExp(`${SIGN}${SPACE}$`, 'iu');
const REACH = 120;
const MAX_PLACES = 300;

/** Source of a pattern for an amount as people write it: groups of three apart by anything usual, cents after either mark. */
export function writtenAmount(amount: string): string {
  const [whole = '', cents = ''] = Number(amount).toFixed(2).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, GAP);
  return cents === '00' ? grouped : `${grouped}(?:[.,]|[.,]?(?:<[^<>]{0,80}>){1,2})${cents.replace(/0$/, '0?')}`;
}

/** Whether markup or scripts show an amount with a currency right before or after it ("1 990 ₽", "$21.00"). */
export function isShownWithCurrency(html: string, amount: string): boolean {
  const zeros = Number.isInteger(Number(amount)) ? '(?:[.,]00?)?' : '';
  const pattern = new RegExp(`(?<![\\d.,])${writtenAmount(amount)}${zeros}(?![\\d]|[.,]\\d)`, 'g');
  let places = 0;
  for (let hit = pattern.exec(html); hit !== null && places < MAX_PLACES; hit = pattern.exec(html), places += 1) {
    const end = hit.index + hit[0].length;
    if (SIGN_AFTER.test(html.slice(end, end + REACH))) return true;
    if (SIGN_BEFORE.test(html.slice(Math.max(0, hit.index - REACH), hit.index))) return true;
  }
  return false;
}
