import { z } from 'zod';
import { readSource } from '../../db/repositories/sources-read.ts';
import type { ApiDeps } from '../deps.ts';
import { OUTAGES, Problem } from '../problems.ts';
import { route, type Route } from '../route.ts';
import { IdParams } from '../schemas/paging.ts';
import { SourceOut, sourceOut } from '../schemas/source.ts';

const tag = 'Sources';
const problems = ['source-busy', ...OUTAGES] as const;
const EXAMPLE_ID = '018f5b1e-7d1c-4e0a-9a3e-0d2f6b1c7a11';

/** Working off the backlog of proposed sources, which is `GET /api/sources?state=proposed`. */
export const proposalRoutes = (deps: ApiDeps): Route[] => [activateRoute(deps), activateManyRoute(deps)];

const activateRoute = (deps: ApiDeps): Route =>
  route({
    method: 'post',
    path: '/api/sources/:id/activate',
    operationId: 'activateSource',
    tag,
    summary: 'Let a proposed source be crawled by its schedule',
    status: 200,
    params: IdParams,
    output: SourceOut,
    problems,
    async handle({ params: { id } }) {
      const source = await activate(deps, id);
      if (source === null) throw new Problem('not-found', 'there is no source with this id');
      return { body: source };
    },
  });

const activateManyRoute = (deps: ApiDeps): Route =>
  route({
    method: 'post',
    path: '/api/sources/activate',
    operationId: 'activateSources',
    tag,
    summary: 'Let several proposed sources be crawled; may be sent again when it fails half-way',
    status: 200,
    body: z
      .strictObject({
        ids: z.array(z.uuid()).min(1, 'must have at least one id').max(50, 'must be at most 50 ids'),
      })
      .meta({ title: 'Activation', examples: [{ ids: [EXAMPLE_ID] }] }),
    output: z
      .object({
        items: z.array(SourceOut),
        missing: z.array(z.uuid()).describe('ids of no source, deleted meanwhile perhaps'),
      })
      .meta({ title: 'Activated' }),
    problems,
    async handle({ body: { ids } }) {
      const items: z.input<typeof SourceOut>[] = [];
      const missing: string[] = [];
      for (const id of new Set(ids)) {
        const source = await activate(deps, id);
        if (source === null) missing.push(id);
        else items.push(source);
      }
      return { body: { items, missing } };
    },
  });

/** A source that is no proposal any more stays as it is. */
async function activate({ em, temporal }: ApiDeps, id: string): Promise<z.input<typeof SourceOut> | null> {
  const found = await readSource(em(), id);
  if (found?.source.state !== 'proposed') return found === null ? null : sourceOut(found);
  const { name, config } = found.source;
  await temporal.saveSource({ sourceId: id, name, config, state: 'active' });
  const saved = await readSource(em(), id);
  return saved === null ? null : sourceOut(saved);
}
