import { uintBytes } from '../tl/writer.ts';

const TAG = 0xeeeeeeee;
/** A client that sends more at once is no client of ours. */
const MAX_FRAME_BYTES = 16 * 1024 * 1024;

/** Cuts a client's stream into packets: the "intermediate" transport, whose first four bytes are a tag. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);
  #isTagged = false;

  /** Whole packets so far. @throws Error on another transport or an absurd length */
  push(chunk: Buffer): Buffer[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    if (!this.#isTagged && !this.#readTag()) return [];
    const frames: Buffer[] = [];
    for (let frame = this.#next(); frame !== null; frame = this.#next()) frames.push(frame);
    return frames;
  }

  #readTag(): boolean {
    if (this.#rest.length < 4) return false;
    if (this.#rest.readUInt32LE(0) !== TAG) throw new Error('only the intermediate transport is spoken here');
    this.#rest = this.#rest.subarray(4);
    this.#isTagged = true;
    return true;
  }

  #next(): Buffer | null {
    if (this.#rest.length < 4) return null;
    const length = this.#rest.readUInt32LE(0) & 0x7fffffff;
    if (length > MAX_FRAME_BYTES) throw new Error(`a packet of ${length} bytes`);
    if (this.#rest.length < 4 + length) return null;
    const frame = this.#rest.subarray(4, 4 + length);
    this.#rest = this.#rest.subarray(4 + length);
    return frame;
  }
}

/** One packet with its length before it. */
export function frame(packet: Buffer): Buffer {
  return Buffer.concat([uintBytes(packet.length), packet]);
}

/** A transport error such as 404 (unknown auth key): a packet of one negative number. */
export function errorFrame(code: number): Buffer {
  return frame(uintBytes(-code));
}
