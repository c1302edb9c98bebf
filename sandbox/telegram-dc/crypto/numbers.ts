import { randomBytes } from 'node:crypto';

/** Unsigned, big-endian. */
export function toNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);
}

/** Unsigned, big-endian, padded on the left to `length` bytes. @throws RangeError when it does not fit */
export function toFixedBytes(value: bigint, length: number): Buffer {
  const digits = value.toString(16);
  if (digits.length > length * 2) throw new RangeError(`the number does not fit into ${length} bytes`);
  return Buffer.from(digits.padStart(length * 2, '0'), 'hex');
}

/** base ** exponent mod modulus, for numbers ≥ 0. */
export function powerModulo(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let factor = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * factor) % modulus;
    factor = (factor * factor) % modulus;
  }
  return result;
}

/** Of 2048 bits. */
export function randomExponent(): bigint {
  return toNumber(randomBytes(256));
}

/**
 * The 2048-bit safe prime that Telegram's protocol documentation names: clients know it and spare themselves the proof.
 * @see https://core.telegram.org/mtproto/auth_key
 */
export const DH_PRIME = toNumber(
  Buffer.from(
    [
      'c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f48198a0aa7c14058229493d22530f4db',
      'fa336f6e0ac925139543aed44cce7c3720fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f64',
      '2477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4a4a695811051907e162753b56b0f6b41',
      '0dba74d8a84b2a14b3144e0ef1284754fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4',
      'e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f0d8115f635b105ee2e4e15d04b2454bf',
      '6f4fadf034b10403119cd8e3b92fcc5b',
    ].join(''),
    'hex',
  ),
);

export const DH_GENERATOR = 3n;
