const WORDS = /[\p{L}\p{N}]+/gu;

/**
 * One spelling for text that is compared: compatibility forms folded (NFKC), lower case, "ё" as "е", soft hyphens and
 * zero-width characters gone.
 */
export function normaliseSearchText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '');
}

/** The words of a text in order, normalised: runs of letters and digits. */
export function searchWords(text: string): string[] {
  return normaliseSearchText(text).match(WORDS) ?? [];
}
