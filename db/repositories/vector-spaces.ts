import type { SqlEntityManager } from '@mikro-orm/sql';
import { LEXICAL_DIMENSIONS, lexicalModelName } from '../../domain/recommend/lexical-embedder.ts';
import { semanticSpaceName, type EmbeddingModel, type VectorKind } from '../../domain/recommend/vector-space.ts';
import { EmbeddingSpace } from '../entities/embedding-space.ts';

/** The space with this name, or null. */
export async function findSpace(em: SqlEntityManager, name: string): Promise<EmbeddingSpace | null> {
  return await em.findOne(EmbeddingSpace, { name });
}

/** The space of a kind that was made last, complete or not; null = none. */
export async function newestSpace(em: SqlEntityManager, kind: VectorKind): Promise<EmbeddingSpace | null> {
  return await em.findOne(EmbeddingSpace, { kind }, { orderBy: { createdAt: 'desc', name: 'desc' } });
}

/** The spaces that queries use: of each kind the one that was completed last. */
export async function servingSpaces(
  em: SqlEntityManager,
): Promise<Readonly<Partial<Record<VectorKind, EmbeddingSpace>>>> {
  const where = { completedAt: { $ne: null } };
  const complete = await em.find(EmbeddingSpace, where, { orderBy: { completedAt: 'asc', name: 'asc' } });
  return Object.fromEntries(complete.map((space) => [space.kind, space]));
}

/** Makes the space of a lexicon snapshot; its vectors come later. Safe to repeat. Returns its name. */
export async function createLexicalSpace(em: SqlEntityManager, lexiconVersion: number): Promise<string> {
  const name = lexicalModelName({ name: String(lexiconVersion) });
  return await create(em, { name, kind: 'lexical', dimensions: LEXICAL_DIMENSIONS, lexiconVersion });
}

/** Makes the space of an embedding model; its vectors come later. Safe to repeat. Returns its name. */
export async function createSemanticSpace(em: SqlEntityManager, model: EmbeddingModel): Promise<string> {
  const { dimensions } = model;
  return await create(em, { name: semanticSpaceName(model), kind: 'semantic', dimensions, model });
}

type NewSpace = Pick<EmbeddingSpace, 'name' | 'kind' | 'dimensions'> &
  Partial<Pick<EmbeddingSpace, 'lexiconVersion' | 'model'>>;

async function create(em: SqlEntityManager, space: NewSpace): Promise<string> {
  // The query prefix is no part of what is stored, so it may change.
  await em.upsert(EmbeddingSpace, space, { onConflictAction: 'merge', onConflictMergeFields: ['model'] });
  return space.name;
}

/** Vectors whose mean stands for all; ids are random, so the first ones are a fair sample. */
const CENTROID_OF = 2_000;

/** From now on queries use this space: it is the one of its kind that was completed last. Safe to repeat. */
export async function completeSpace(em: SqlEntityManager, name: string): Promise<void> {
  await em.execute(
    `update embedding_space set completed_at = coalesce(completed_at, now()), centroid = (
       select avg(embedding) from (
         select embedding from product_vector where space = ? order by product_id limit ${CENTROID_OF}) as sample)
     where name = ?`,
    [name, name],
  );
}

/** Names of the other spaces of this one's kind, which it makes needless. */
export async function supersededSpaces(em: SqlEntityManager, name: string): Promise<string[]> {
  const others = await em.execute<{ name: string }[]>(
    `select other.name from embedding_space as mine join embedding_space as other
       on other.kind = mine.kind and other.name <> mine.name
     where mine.name = ? and mine.completed_at is not null`,
    [name],
  );
  return others.map((other) => other.name);
}

/** Deletes a space with its vectors and, for a lexical one, its snapshot. Safe to repeat. */
export async function deleteSpace(em: SqlEntityManager, name: string): Promise<void> {
  await em.transactional(async (tx) => {
    const [gone] = await tx.execute<{ version: number | null }[]>(
      'delete from embedding_space where name = ? returning lexicon_version as version',
      [name],
    );
    await tx.execute('delete from product_sketch where space = ?', [name]);
    await tx.execute('delete from product_vector where space = ?', [name]);
    const version = gone?.version ?? null;
    if (version !== null) await tx.execute('delete from lexicon where version = ?', [version]);
  });
}
