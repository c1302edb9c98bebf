import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { z } from 'zod';
import { EVENT_KINDS } from '../../contracts/events.ts';
import { listEvents, readSample } from '../../db/repositories/events.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { route, type Route } from '../route.ts';
import { fromCursor, Id, listOf, pageOf, paging } from '../schemas/paging.ts';

const tag = 'Events';
const MAX_SAMPLE_BYTES = 8_000_000;
const decompress = promisify(zstdDecompress);

const EventOut = z
  .object({
    id: z.int(),
    kind: z.enum(EVENT_KINDS),
    sourceId: z.uuid(),
    productId: z.uuid().nullable(),
    payload: z.record(z.string(), z.unknown()).describe('what the kind tells'),
    hasSample: z.boolean().describe('a page that shows it was kept'),
    createdAt: z.iso.datetime(),
  })
  .meta({ title: 'Event' });

/** What happened in the catalogue. */
export const eventRoutes = (deps: ApiDeps): Route[] => [
  route({
    method: 'get',
    path: '/api/events',
    operationId: 'listEvents',
    tag,
    summary: 'What happened in the catalogue, newest first: each thing once',
    status: 200,
    query: z.strictObject({ kind: z.enum(EVENT_KINDS).optional(), source: Id.optional(), ...paging(200, 50) }),
    output: listOf(EventOut),
    problems: ['invalid-cursor'],
    async handle({ query: { kind = null, source = null, limit, cursor } }) {
      const after = fromCursor(cursor, z.int());
      const rows = await listEvents(deps.em(), { kind, sourceId: source, limit: limit + 1, after });
      const page = pageOf(rows, limit, (event) => event.id);
      return { body: { ...page, items: page.items.map((event) => ({ ...event, payload: { ...event.payload } })) } };
    },
  }),
  route({
    method: 'get',
    path: '/api/events/:id/sample',
    operationId: 'getEventSample',
    tag,
    summary: 'The page that was kept with an event, as text: it comes from a shop and is not to be trusted',
    status: 200,
    contentType: 'text/plain',
    params: z.strictObject({ id: z.coerce.number<string>().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
    output: z.string(),
    async handle({ params: { id } }) {
      const sample = await readSample(deps.em(), id);
      if (sample === null) throw new Problem('not-found', 'no page was kept with an event of this id');
      return { body: (await decompress(sample, { maxOutputLength: MAX_SAMPLE_BYTES })).toString('utf8') };
    },
  }),
];
