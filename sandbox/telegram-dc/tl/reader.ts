import { unzipSync } from 'node:zlib';
import { TL_IDS, definitionById, isPresent, type TlDefinition, type TlField } from './schema.ts';
import { TlError, type TlObject, type TlValue } from './value.ts';

/** Reads TL from bytes. Every method throws RangeError or TlError when the bytes do not fit. */
export class TlReader {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get offset(): number {
    return this.#offset;
  }

  uint(): number {
    return this.#bytes.readUInt32LE(this.#advance(4));
  }

  int(): number {
    return this.#bytes.readInt32LE(this.#advance(4));
  }

  long(): bigint {
    return this.#bytes.readBigInt64LE(this.#advance(8));
  }

  raw(length: number): Buffer {
    const start = this.#advance(length);
    if (this.#offset > this.#bytes.length) throw new TlError('the message ends early');
    return this.#bytes.subarray(start, this.#offset);
  }

  /** A string of bytes: one byte of length below 254, else three; padded to four. */
  bytes(): Buffer {
    const first = this.#bytes.readUInt8(this.#advance(1));
    const isLong = first === 254;
    const length = isLong ? this.#bytes.readUIntLE(this.#advance(3), 3) : first;
    const value = this.raw(length);
    this.#advance((4 - ((length + (isLong ? 4 : 1)) % 4)) % 4);
    return value;
  }

  /** A boxed value of any type. */
  value(): TlValue {
    const id = this.uint();
    if (id === TL_IDS.boolTrue || id === TL_IDS.boolFalse) return id === TL_IDS.boolTrue;
    if (id === TL_IDS.vector) return Array.from({ length: this.int() }, () => this.value());
    if (id === TL_IDS.gzipPacked) return new TlReader(unzipSync(this.bytes())).value();
    return this.#fieldsOf(definitionById(id));
  }

  /** A boxed object. */
  object(): TlObject {
    const id = this.uint();
    if (id === TL_IDS.gzipPacked) return new TlReader(unzipSync(this.bytes())).object();
    return this.#fieldsOf(definitionById(id));
  }

  #advance(length: number): number {
    const start = this.#offset;
    this.#offset += length;
    return start;
  }

  #fieldsOf(definition: TlDefinition): TlObject {
    const values: Record<string, TlValue> = {};
    const flags = new Map<string, number>();
    for (const field of definition.fields) {
      if (field.type === '#') flags.set(field.name, this.uint());
      else if (isPresent(field, flags)) values[field.name] = field.type === 'true' ? true : this.#field(field);
    }
    return { ...values, _: definition.name };
  }

  #field(field: TlField): TlValue {
    if (field.vector === 'none') return this.#scalar(field.type);
    if (field.vector === 'boxed' && this.uint() !== TL_IDS.vector) throw new TlError(`${field.name} is no vector`);
    return Array.from({ length: this.int() }, () => this.#scalar(field.type));
  }

  #scalar(type: string): TlValue {
    switch (type) {
      case 'int':
        return this.int();
      case 'long':
      case 'int53':
        return this.long();
      case 'string':
        return this.bytes().toString('utf8');
      case 'bytes':
        return this.bytes();
      case 'int128':
        return this.raw(16);
      case 'int256':
        return this.raw(32);
      default:
        return this.value();
    }
  }
}
