/** True for an address of this machine. */
export function isLoopbackUrl(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && (parsed.hostname === 'localhost' || /^127(\.\d+){3}$/.test(parsed.hostname));
}
