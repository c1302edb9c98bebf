const BYTES = new Map(
  Array.from(
    { length: 256 },
    (_, byte) => [new TextDecoder('windows-1251').decode(Uint8Array.of(byte)), byte] as const,
  ),
);

/** HTML as windows-1251; what that charset lacks becomes a numeric entity. */
export function encodeWindows1251(html: string): Buffer {
  const bytes: number[] = [];
  for (const char of html) {
    const byte = BYTES.get(char);
    if (byte === undefined) bytes.push(...Buffer.from(`&#${char.codePointAt(0) ?? 0xfffd};`, 'latin1'));
    else bytes.push(byte);
  }
  return Buffer.from(bytes);
}
