import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** One group of records that belong together: table and record. */
export type JournalEntry = readonly (readonly [table: string, record: unknown])[];

/** A file of lines, one per group of records. What `append` returned from survives the end of this process. */
export class Journal {
  readonly #file: string;
  #descriptor: number | null = null;

  /** @throws Error when the directory cannot be made */
  constructor(directory: string) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.#file = join(directory, 'telegram-dc.jsonl');
  }

  /** Whole groups in their order; a last line that was cut off by a kill is left out. */
  read(): JournalEntry[] {
    if (!existsSync(this.#file)) return [];
    const text = readFileSync(this.#file, 'utf8');
    const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
    return lines.filter((line) => line !== '').map((line) => parseEntry(line));
  }

  /** Starts over with these records in place of all that was appended before. */
  rewrite(entries: Iterable<JournalEntry>): void {
    this.close();
    const draft = `${this.#file}.new`;
    const descriptor = openSync(draft, 'w', 0o600);
    for (const entry of entries) writeSync(descriptor, `${JSON.stringify(entry)}\n`);
    renameSync(draft, this.#file);
    this.#descriptor = descriptor;
  }

  append(entry: JournalEntry): void {
    this.#descriptor ??= openSync(this.#file, 'a', 0o600);
    writeSync(this.#descriptor, `${JSON.stringify(entry)}\n`);
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }
}

function parseEntry(line: string): JournalEntry {
  const entry: unknown = JSON.parse(line);
  if (!Array.isArray(entry)) throw new Error('a line of the journal is no list');
  return entry.map((item: unknown) => {
    if (!Array.isArray(item) || typeof item[0] !== 'string') throw new Error('a line of the journal names no table');
    return [item[0], item[1]];
  });
}
