import { createRequire } from 'node:module';

type Sniff = (
  bytes: Uint8Array,
  options: { readonly transportLayerEncodingLabel: string | undefined; readonly defaultEncoding: string },
) => string;

function isSniff(exported: unknown): exported is Sniff {
  return typeof exported === 'function';
}

function loadSniffer(): Sniff {
  // The package is CommonJS and has no types.
  const exported: unknown = createRequire(import.meta.url)('html-encoding-sniffer');
  if (!isSniff(exported)) throw new TypeError('html-encoding-sniffer exports no function');
  return exported;
}

const sniff = loadSniffer();

/** The encoding that BOM, then HTTP header, then meta element declare: WHATWG name in lower case, null when none does. */
export function declaredEncoding(bytes: Uint8Array, headerLabel: string | undefined): string | null {
  const name = sniff(bytes, { transportLayerEncodingLabel: headerLabel, defaultEncoding: '' });
  return name === '' ? null : name.toLowerCase();
}
