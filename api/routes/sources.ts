import { z } from 'zod';
import type { SourceState } from '../../contracts/catalog.ts';
import { listSources, readSource, sourceIdByName, type SourceOverview } from '../../db/repositories/sources-read.ts';
import type { ApiDeps } from '../deps.ts';
import { OUTAGES, Problem } from '../problems.ts';
import { route, type Route } from '../route.ts';
import { fromCursor, IdParams, listOf, pageOf, paging } from '../schemas/paging.ts';
import { SourceIn, SourceOut, sourceOut, TrialIn, TrialOut } from '../schemas/source.ts';

const tag = 'Sources';

/** Reading and changing sources. */
export const sourceRoutes = (deps: ApiDeps): Route[] => [
  listSourcesRoute(deps),
  createSourceRoute(deps),
  trySourceRoute(deps),
  getSourceRoute(deps),
  replaceSourceRoute(deps),
  deleteSourceRoute(deps),
  stateRoute(deps, { action: 'pause', state: 'paused', summary: 'Stop the scheduled crawls of a source' }),
  stateRoute(deps, {
    action: 'resume',
    state: 'active',
    summary: 'Let a paused, broken or proposed source be crawled',
  }),
];

const listSourcesRoute = (deps: ApiDeps): Route =>
  route({
    method: 'get',
    path: '/api/sources',
    operationId: 'listSources',
    tag,
    summary: 'Sources by name, with their newest crawl',
    status: 200,
    query: z.strictObject({
      state: z.enum(['active', 'paused', 'broken', 'proposed']).optional(),
      ...paging(100, 20),
    }),
    output: listOf(SourceOut),
    problems: ['invalid-cursor'],
    async handle({ query: { state, limit, cursor } }) {
      const after = fromCursor(cursor, z.string());
      const rows = await listSources(deps.em(), { state: state ?? null, limit: limit + 1, after });
      const page = pageOf(rows, limit, ({ source }) => source.name);
      return { body: { ...page, items: page.items.map(sourceOut) } };
    },
  });

const createSourceRoute = (deps: ApiDeps): Route =>
  route({
    method: 'post',
    path: '/api/sources',
    operationId: 'createSource',
    tag,
    summary: 'Add a shop; its crawls start by its schedule',
    status: 201,
    body: SourceIn,
    output: SourceOut,
    problems: ['source-name-taken', 'source-busy', ...OUTAGES],
    async handle({ body: { name, state, config } }, { newId }) {
      await assertNameFree(deps, name, newId);
      await deps.temporal.saveSource({ sourceId: newId, name, state, config });
      return { body: sourceOut(await sourceOr404(deps, newId)), location: `/api/sources/${newId}` };
    },
  });

const trySourceRoute = (deps: ApiDeps): Route =>
  route({
    method: 'post',
    path: '/api/sources/try',
    operationId: 'trySource',
    tag,
    summary: 'What one page yields under a configuration; nothing is saved',
    status: 200,
    body: TrialIn,
    output: TrialOut,
    problems: OUTAGES,
    async handle({ body: { url, config } }, { newId }) {
      const startUrls = config.startUrls ?? [url];
      const result = await deps.temporal.tryPage(newId, { url, config: { ...config, startUrls } });
      const product = result.product === null ? null : { ...result.product };
      const links = { products: [...result.links.products], listings: [...result.links.listings] };
      return { body: { ...result, product, links } };
    },
  });

const getSourceRoute = (deps: ApiDeps): Route =>
  route({
    method: 'get',
    path: '/api/sources/:id',
    operationId: 'getSource',
    tag,
    summary: 'One source',
    status: 200,
    params: IdParams,
    output: SourceOut,
    async handle({ params: { id } }) {
      return { body: sourceOut(await sourceOr404(deps, id)) };
    },
  });

const replaceSourceRoute = (deps: ApiDeps): Route =>
  route({
    method: 'put',
    path: '/api/sources/:id',
    operationId: 'replaceSource',
    tag,
    summary: 'Replace name, state and configuration of a source',
    status: 200,
    params: IdParams,
    body: SourceIn,
    output: SourceOut,
    problems: ['source-name-taken', 'source-busy', ...OUTAGES],
    async handle({ params: { id }, body: { name, state, config } }) {
      await sourceOr404(deps, id);
      await assertNameFree(deps, name, id);
      await deps.temporal.saveSource({ sourceId: id, name, state, config });
      return { body: sourceOut(await sourceOr404(deps, id)) };
    },
  });

const deleteSourceRoute = (deps: ApiDeps): Route =>
  route({
    method: 'delete',
    path: '/api/sources/:id',
    operationId: 'deleteSource',
    tag,
    summary: 'End the crawl of a source and delete it with its products',
    status: 204,
    params: IdParams,
    problems: ['source-busy', ...OUTAGES],
    async handle({ params: { id } }) {
      await sourceOr404(deps, id);
      await deps.temporal.removeSource(id);
      return { body: undefined };
    },
  });

interface StateChange {
  readonly action: 'pause' | 'resume';
  readonly state: SourceState;
  readonly summary: string;
}

const stateRoute = (deps: ApiDeps, { action, state, summary }: StateChange): Route =>
  route({
    method: 'post',
    path: `/api/sources/:id/${action}`,
    operationId: `${action}Source`,
    tag,
    summary,
    status: 200,
    params: IdParams,
    output: SourceOut,
    problems: ['source-busy', ...OUTAGES],
    async handle({ params: { id } }) {
      const { source } = await sourceOr404(deps, id);
      await deps.temporal.saveSource({ sourceId: id, name: source.name, config: source.config, state });
      return { body: sourceOut(await sourceOr404(deps, id)) };
    },
  });

async function sourceOr404({ em }: ApiDeps, id: string): Promise<SourceOverview> {
  const source = await readSource(em(), id);
  if (source === null) throw new Problem('not-found', 'there is no source with this id');
  return source;
}

/** The unique index has the last word; this gives the clear answer before any work starts. */
async function assertNameFree({ em }: ApiDeps, name: string, id: string): Promise<void> {
  const owner = await sourceIdByName(em(), name);
  if (owner !== null && owner !== id)
    throw new Problem('source-name-taken', `there is a source named «${name}» already`);
}
