declare module 'html-encoding-sniffer' {
  interface SniffOptions {
    readonly xml?: boolean;
    readonly transportLayerEncodingLabel?: string | undefined;
    readonly defaultEncoding?: string;
  }
  /** The WHATWG name of the encoding that BOM, HTTP header or meta element name, else `defaultEncoding`. */
  export default function sniff(bytes: Uint8Array, options?: SniffOptions): string;
}
