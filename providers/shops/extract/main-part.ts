/** Characters before and after the heading among which the product's own parts stand. */
const BEFORE = 2_000;
const AFTER = 20_000;
/** Characters after the heading in which a name like "reviews" is that of a line about the product. */
const HEADER = 200;
const OTHERS =
  /<(?:section|div|aside|ul|article|footer)\b[^<>]{0,300}(?:related|recommend|similar|review|comment|cross-?sell|up-?sell|recently)/gi;

/**
 * The markup around the page's one main heading up to reviews and other products, without scripts and styles, by a scan;
 * null when there is no such heading. Linear in the page's length.
 */
export function mainPart(html: string): string | null {
  const heading = html.search(/<h1[\s>]/i);
  if (heading < 0) return null;
  const after = html.slice(heading, heading + AFTER);
  OTHERS.lastIndex = HEADER;
  const end = OTHERS.exec(after)?.index ?? after.length;
  return withoutScripts(html.slice(Math.max(0, heading - BEFORE), heading) + after.slice(0, end));
}

/** Markup without the content of scripts and styles. */
function withoutScripts(html: string): string {
  const kept: string[] = [];
  let at = 0;
  const opening = /<(script|style)\b/gi;
  for (let hit = opening.exec(html); hit !== null; hit = opening.exec(html)) {
    kept.push(html.slice(at, hit.index));
    const end = html.indexOf(`</${hit[1] ?? ''}`, hit.index);
    if (end < 0) return kept.join(' ');
    at = end;
    opening.lastIndex = end;
  }
  kept.push(html.slice(at));
  return kept.join(' ');
}
