/** A vocabulary type split into its context and short name, e.g. `http://schema.org/Offer` → `http://schema.org`, `Offer`. */
export function contextOf(type: string): { readonly context: string; readonly type: string } {
  const url = URL.canParse(type) ? new URL(type) : null;
  if (url === null || url.host === '') return { context: 'http://schema.org', type };
  const base = `${url.protocol}//${url.host}`;
  const path = trimSlashes(url.pathname);
  if (path !== '' && url.hash !== '') return { context: base + url.pathname, type: trimSlashes(url.hash.slice(1)) };
  return path === '' ? { context: 'http://schema.org', type } : { context: base, type: path };
}

function trimSlashes(text: string): string {
  return text.replace(/^\/+/, '').replace(/\/+$/, '');
}
