/** A GTIN, EAN, UPC or ISBN-13: 8, 12, 13 or 14 digits with a right check digit; spaces and hyphens are dropped, null for anything else. */
export function gtinValue(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text.length > 30) return null;
  const digits = text.replace(/[\s-]/g, '');
  return /^(?:\d{8}|\d{12,14})$/.test(digits) && /[1-9]/.test(digits) && isChecked(digits) ? digits : null;
}

/** Modulo 10 with weights 3 and 1 from the right. */
function isChecked(digits: string): boolean {
  let sum = 0;
  for (let fromEnd = 0; fromEnd < digits.length; fromEnd += 1) {
    sum += Number(digits[digits.length - 1 - fromEnd]) * (fromEnd % 2 === 0 ? 1 : 3);
  }
  return sum % 10 === 0;
}
