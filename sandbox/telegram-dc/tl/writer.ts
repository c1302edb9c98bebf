import { TL_IDS, definitionByName, isPresent, type TlDefinition, type TlField } from './schema.ts';
import { TlError, isTlList, isTlObject, type TlObject, type TlValue } from './value.ts';

export function uintBytes(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

/** 64 bits, little-endian; a value of 2^63 and more is written as the negative number with the same bits. */
export function longBytes(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt.asIntN(64, value));
  return bytes;
}

export function stringBytes(value: Uint8Array): Buffer {
  const length = value.length;
  const head =
    length < 254
      ? Buffer.from([length])
      : Buffer.from([254, length & 0xff, (length >> 8) & 0xff, (length >> 16) & 0xff]);
  return Buffer.concat([head, value, Buffer.alloc((4 - ((length + head.length) % 4)) % 4)]);
}

/** A boxed value. @throws TlError when a field is missing or of another type */
export function writeValue(value: TlValue): Buffer {
  if (typeof value === 'boolean') return uintBytes(value ? TL_IDS.boolTrue : TL_IDS.boolFalse);
  if (isTlList(value)) {
    return Buffer.concat([uintBytes(TL_IDS.vector), uintBytes(value.length), ...value.map((item) => writeValue(item))]);
  }
  if (isTlObject(value)) return writeObject(value);
  throw new TlError(`a ${typeof value} is no boxed value`);
}

/** A boxed object. @throws TlError when a field is missing or of another type */
export function writeObject(object: TlObject): Buffer {
  const definition = definitionByName(object._);
  return Buffer.concat([uintBytes(definition.id), ...fieldBytes(definition, object)]);
}

function fieldBytes(definition: TlDefinition, object: TlObject): Buffer[] {
  const parts: Buffer[] = [];
  const flags = new Map<string, number>();
  for (const field of definition.fields) {
    if (field.type === '#') {
      flags.set(field.name, flagsOf(field.name, definition, object));
      parts.push(uintBytes(flags.get(field.name) ?? 0));
    } else if (field.type !== 'true' && isPresent(field, flags)) {
      parts.push(writeField(field, object[field.name]));
    }
  }
  return parts;
}

function flagsOf(name: string, definition: TlDefinition, object: TlObject): number {
  let flags = 0;
  for (const { flag, name: field, type } of definition.fields) {
    if (flag?.field !== name) continue;
    const value = object[field];
    if (isSet(value) && !(type === 'true' && value === false)) flags |= 1 << flag.bit;
  }
  return flags;
}

function isSet(value: TlValue): boolean {
  return value !== undefined;
}

function writeField(field: TlField, value: TlValue): Buffer {
  if (field.vector === 'none') return writeScalar(field, value);
  if (!isTlList(value)) throw new TlError(`${field.name} is no vector`);
  const head = field.vector === 'boxed' ? [uintBytes(TL_IDS.vector)] : [];
  return Buffer.concat([...head, uintBytes(value.length), ...value.map((item) => writeScalar(field, item))]);
}

function writeScalar(field: TlField, value: TlValue): Buffer {
  switch (field.type) {
    case 'int':
      return uintBytes(Number(value));
    case 'long':
    case 'int53':
      return longBytes(toLong(field, value));
    case 'string':
    case 'bytes':
      return stringBytes(toBytes(field, value));
    case 'int128':
    case 'int256':
      return Buffer.from(toBytes(field, value));
    default:
      return field.isBare && isTlObject(value) ? writeBare(value) : writeValue(value);
  }
}

function writeBare(object: TlObject): Buffer {
  return Buffer.concat(fieldBytes(definitionByName(object._), object));
}

function toLong(field: TlField, value: TlValue): bigint {
  if (typeof value === 'bigint' || typeof value === 'number' || typeof value === 'string') return BigInt(value);
  throw new TlError(`${field.name} is no 64-bit number`);
}

function toBytes(field: TlField, value: TlValue): Uint8Array {
  if (typeof value === 'string') return Buffer.from(value, 'utf8');
  if (value instanceof Uint8Array) return value;
  throw new TlError(`${field.name} is no bytes`);
}
