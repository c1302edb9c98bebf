/** A phone number as Telegram takes it, digits only (E.164 without «+»); null when it cannot be one. A Russian 8 becomes 7. */
export function phoneDigits(text: string): string | null {
  if (!/^\+?[\d\s().-]+$/.test(text)) return null;
  const digits = text.replaceAll(/\D/g, '');
  if (!/^[1-9]\d{6,14}$/.test(digits)) return null;
  return !text.startsWith('+') && digits.length === 11 && digits.startsWith('8') ? `7${digits.slice(1)}` : digits;
}
