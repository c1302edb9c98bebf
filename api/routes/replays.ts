import { z } from 'zod';
import { insertReplay, readReplay, type ReplayRow } from '../../db/repositories/replays.ts';
import { readSource } from '../../db/repositories/sources-read.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { route, type Route } from '../route.ts';
import { IdParams } from '../schemas/paging.ts';

const tag = 'Replays';
const Count = z.int().min(0);

const ReplayOut = z
  .object({
    replayId: z.uuid(),
    sourceId: z.uuid(),
    state: z.enum(['running', 'completed', 'cancelled', 'failed']),
    pages: Count.describe('kept pages read'),
    products: Count.describe('products read'),
    created: Count,
    changed: Count,
    held: Count.describe('products whose reading is doubted and was not written'),
    error: z.string().nullable(),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  } satisfies Record<keyof ReplayRow, z.ZodType>)
  .meta({ title: 'Replay' });

/** Reading kept pages again after a change of rules. */
export const replayRoutes = (deps: ApiDeps): Route[] => [
  route({
    method: 'post',
    path: '/api/sources/:id/replays',
    operationId: 'startReplay',
    tag,
    summary: 'Read the kept pages of a source again under its rules of now; the shop is not asked',
    status: 202,
    params: IdParams,
    output: ReplayOut,
    problems: ['replay-running', 'temporal-unavailable'],
    async handle({ params: { id } }, { newId, keyed }) {
      if ((await readSource(deps.em(), id)) === null) throw new Problem('not-found', 'there is no source with this id');
      const input = { sourceId: id, replayId: newId };
      const started = keyed && (await readReplay(deps.em(), newId)) !== null;
      if (!started) {
        await deps.temporal.startReplay(input);
        await insertReplay(deps.em(), input); // so that its address answers before a worker has taken it
      }
      return { body: await replayOr404(deps, newId), location: `/api/replays/${newId}` };
    },
  }),
  route({
    method: 'get',
    path: '/api/replays/:id',
    operationId: 'getReplay',
    tag,
    summary: 'How far a replay is',
    status: 200,
    params: IdParams,
    output: ReplayOut,
    async handle({ params: { id } }) {
      return { body: await replayOr404(deps, id) };
    },
  }),
];

async function replayOr404({ em }: ApiDeps, id: string): Promise<ReplayRow> {
  const replay = await readReplay(em(), id);
  if (replay === null) throw new Problem('not-found', 'there is no replay with this id');
  return replay;
}
