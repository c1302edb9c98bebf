import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { FrequencySnapshot, FrequencyTable } from '../../domain/recommend/lexical-embedder.ts';
import type { KnownWord } from '../../domain/recommend/spelling.ts';
import { TEXT_FIELDS, type FieldLengths, type TextField } from '../../domain/recommend/text-score.ts';
import { Lexicon } from '../entities/lexicon.ts';

const BYTES = 4;
/** Snapshots kept in memory, per database: half a megabyte each; two serve while one replaces the other. */
const KEPT = 2;
/** A version never changes, so what is decoded stays right. The key is the database's own connection. */
const decoded = new WeakMap<object, Map<number, StoredLexicon>>();

/** A snapshot with what full text is weighed by. */
export interface StoredLexicon extends FrequencySnapshot {
  readonly fieldLengths: FieldLengths;
  readonly vocabulary: readonly KnownWord[];
}

const average = (field: TextField): string =>
  `'${field}', coalesce(avg(length(ts_filter(search_text, '{${field}}'))), 0)::float8`;
const AVERAGE_LENGTHS = `select jsonb_build_object(${TEXT_FIELDS.map(average).join(', ')})
  from product where gone_at is null`;

/** Words that a misspelt one is compared with, at most. */
const VOCABULARY_WORDS = 50_000;
const VOCABULARY = `select coalesce(jsonb_agg(jsonb_build_object('word', word, 'products', ndoc)), '[]') from (
  select word, ndoc from ts_stat('select search_text from product where gone_at is null', 'ab')
  where length(word) between 4 and 40 and word !~ '[0-9]' order by ndoc desc, word limit ${VOCABULARY_WORDS}) as known`;

/** Stores a snapshot under the next version and returns it. */
export async function saveLexicon(em: SqlEntityManager, table: FrequencyTable): Promise<number> {
  const frequencies = await encode(table.counts);
  const [row] = await em.execute<{ version: number }[]>(
    `insert into lexicon (version, documents, frequencies, field_lengths, vocabulary)
     select coalesce(max(version), 0) + 1, ?, decode(?, 'base64'), (${AVERAGE_LENGTHS}), (${VOCABULARY})
     from lexicon returning version`,
    [table.documents, frequencies.toString('base64')],
  );
  if (row === undefined) throw new Error('the lexicon was not stored');
  return row.version;
}

/** How many products a snapshot was made of; null = there is none of that version. */
export async function lexiconDocuments(em: SqlEntityManager, version: number): Promise<number | null> {
  return (await em.findOne(Lexicon, { version }))?.documents ?? null;
}

/** A snapshot by its version, decoded once per process; null = there is none. */
export async function loadLexicon(em: SqlEntityManager, version: number): Promise<StoredLexicon | null> {
  const cache = cacheOf(em);
  const known = cache.get(version);
  if (known !== undefined) return known;
  const row = await em.findOne(Lexicon, { version }, { populate: ['frequencies', 'vocabulary'] });
  if (row === null) return null;
  const { documents, fieldLengths, vocabulary } = row;
  const counts = await decode(row.frequencies);
  const snapshot = { name: String(version), documents, counts, fieldLengths, vocabulary };
  for (const old of [...cache.keys()].sort((left, right) => right - left).slice(KEPT - 1)) cache.delete(old);
  cache.set(version, snapshot);
  return snapshot;
}

function cacheOf(em: SqlEntityManager): Map<number, StoredLexicon> {
  const key = em.getDriver();
  const cache = decoded.get(key) ?? new Map<number, StoredLexicon>();
  decoded.set(key, cache);
  return cache;
}

async function encode(counts: Uint32Array): Promise<Buffer> {
  const bytes = Buffer.alloc(counts.length * BYTES);
  counts.forEach((count, bucket) => bytes.writeUInt32LE(count, bucket * BYTES));
  return await promisify(gzip)(bytes);
}

async function decode(stored: Uint8Array): Promise<Uint32Array> {
  const bytes = await promisify(gunzip)(stored);
  return Uint32Array.from({ length: bytes.length / BYTES }, (_, bucket) => bytes.readUInt32LE(bucket * BYTES));
}
