/** What a TL field may hold here; 64-bit numbers are bigint when read, and may be decimal strings when written. */
export type TlValue = boolean | number | bigint | string | Uint8Array | TlObject | readonly TlValue[] | undefined;

/** One TL object: `_` is the constructor's or method's name, the fields are named as in the schema. */
export interface TlObject {
  readonly _: string;
  readonly [field: string]: TlValue;
}

/** The request does not fit what the datacentre can read: the session's fault, not a refusal of Telegram. */
export class TlError extends Error {
  override readonly name = 'TlError';
}

export function isTlObject(value: TlValue): value is TlObject {
  return typeof value === 'object' && '_' in value && typeof value._ === 'string';
}

export function isTlList(value: TlValue): value is readonly TlValue[] {
  return Array.isArray(value);
}

/** @throws TlError when the field is absent or no object */
export function objectField(object: TlObject, field: string): TlObject {
  const value = object[field];
  if (!isTlObject(value)) throw new TlError(`${object._}.${field} is no object`);
  return value;
}

export function optionalObject(object: TlObject, field: string): TlObject | undefined {
  const value = object[field];
  return isTlObject(value) ? value : undefined;
}

/** Objects of a vector field; none when it is absent. */
export function objectsField(object: TlObject, field: string): TlObject[] {
  const value = object[field];
  return isTlList(value) ? value.filter((item) => isTlObject(item)) : [];
}

/** @throws TlError when the field is absent or no string */
export function textField(object: TlObject, field: string): string {
  const value = object[field];
  if (typeof value !== 'string') throw new TlError(`${object._}.${field} is no string`);
  return value;
}

/** @throws TlError when the field is absent or no 32-bit number */
export function intField(object: TlObject, field: string): number {
  const value = object[field];
  if (typeof value !== 'number') throw new TlError(`${object._}.${field} is no number`);
  return value;
}

/** @throws TlError when the field is absent or no 64-bit number */
export function longField(object: TlObject, field: string): bigint {
  const value = object[field];
  if (typeof value !== 'bigint') throw new TlError(`${object._}.${field} is no 64-bit number`);
  return value;
}

/** @throws TlError when the field is absent or no bytes */
export function bytesField(object: TlObject, field: string): Buffer {
  const value = object[field];
  if (!Buffer.isBuffer(value)) throw new TlError(`${object._}.${field} is no bytes`);
  return value;
}
