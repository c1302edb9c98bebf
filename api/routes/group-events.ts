import { z } from 'zod';
import { listAnswers, listGroupEvents } from '../../db/repositories/group-events.ts';
import { readSettings } from '../../db/repositories/user-settings.ts';
import { eventOccurrences } from '../../domain/agenda/groups/event-moments.ts';
import { occurrenceKey } from '../../domain/agenda/occurrence-key.ts';
import type { ApiDeps } from '../deps.ts';
import { eventFor, groupFor } from '../group-access.ts';
import { OUTAGES } from '../problems.ts';
import type { Route } from '../route.ts';
import {
  AnswerIn,
  AnswersOut,
  answersOut,
  AnswersQuery,
  GroupEventEditIn,
  GroupEventIn,
  GroupEventOut,
  groupEventOut,
} from '../schemas/group-events.ts';
import { fromCursor, Id, IdParams, listOf, pageOf, paging } from '../schemas/paging.ts';
import { userRoute } from '../user-route.ts';

const tag = 'Groups';

/** Events of groups, and who comes. */
export const groupEventRoutes = (deps: ApiDeps): Route[] => [
  ...listRoutes(deps),
  ...addRoutes(deps),
  ...changeRoutes(deps),
  ...answerRoutes(deps),
];

const EventsQuery = z.strictObject({
  all: z.enum(['true', 'false']).default('false').describe('true: also what is over'),
  ...paging(200, 50),
});

const list = { method: 'get', tag, status: 200, scope: 'read', query: EventsQuery } as const;
const listed = { output: listOf(GroupEventOut), problems: ['invalid-cursor'] } as const;

interface Listing {
  readonly userId: string;
  /** null = of all groups of the person. */
  readonly groupId: string | null;
  readonly query: z.output<typeof EventsQuery>;
}

async function page({ em }: ApiDeps, { userId, groupId, query: { all, limit, cursor } }: Listing) {
  const asked = { userId, groupId, limit: limit + 1, onlyActive: all === 'false', after: fromCursor(cursor, Id) };
  const found = pageOf(await listGroupEvents(em(), asked), limit, (row) => row.id);
  const nowMs = Date.now();
  return { body: { ...found, items: found.items.map((row) => groupEventOut(row, nowMs)) } };
}

const listRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    ...list,
    ...listed,
    path: '/api/group-events',
    operationId: 'listMyGroupEvents',
    summary: 'Events of all your groups, by their first time',
    handle: async ({ query }, { user }) => await page(deps, { userId: user.id, groupId: null, query }),
  }),
  userRoute({
    ...list,
    ...listed,
    path: '/api/groups/:id/events',
    operationId: 'listGroupEvents',
    summary: 'Events of a group, by their first time',
    params: IdParams,
    async handle({ params: { id }, query }, { user }) {
      await groupFor(deps, { groupId: id, userId: user.id }, 'take-part');
      return await page(deps, { userId: user.id, groupId: id, query });
    },
  }),
];

const addRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'post',
    path: '/api/groups/:id/events',
    operationId: 'addGroupEvent',
    tag,
    summary: 'Add an event (owner and managers); its members are told when it comes',
    status: 201,
    scope: 'agenda',
    params: IdParams,
    body: GroupEventIn,
    output: GroupEventOut,
    problems: ['too-many-events', ...OUTAGES],
    async handle({ params: { id }, body }, { user, newId }) {
      await groupFor(deps, { groupId: id, userId: user.id }, 'manage');
      const zone = body.zone ?? (await readSettings(deps.em(), user.id)).zone;
      await deps.temporal.createGroupEvent(newId, { ...body, zone, groupId: id, userId: user.id });
      const event = await eventFor(deps, { eventId: newId, userId: user.id }, 'take-part');
      return { body: groupEventOut(event, Date.now()), location: `/api/group-events/${newId}` };
    },
  }),
  userRoute({
    method: 'get',
    path: '/api/group-events/:id',
    operationId: 'getGroupEvent',
    tag,
    summary: 'One event',
    status: 200,
    scope: 'read',
    params: IdParams,
    output: GroupEventOut,
    handle: async ({ params: { id } }, { user }) => ({
      body: groupEventOut(await eventFor(deps, { eventId: id, userId: user.id }, 'take-part'), Date.now()),
    }),
  }),
];

const changeRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'patch',
    path: '/api/group-events/:id',
    operationId: 'changeGroupEvent',
    tag,
    summary: 'Change what is given (owner and managers)',
    status: 200,
    scope: 'agenda',
    params: IdParams,
    body: GroupEventEditIn,
    output: GroupEventOut,
    problems: OUTAGES,
    async handle({ params: { id }, body: edit }, { user, newId }) {
      const ref = { eventId: id, userId: user.id };
      await eventFor(deps, ref, 'manage');
      await deps.temporal.changeGroupEvent(ref, { change: { kind: 'edit', edit }, requestId: newId });
      return { body: groupEventOut(await eventFor(deps, ref, 'take-part'), Date.now()) };
    },
  }),
  userRoute({
    method: 'delete',
    path: '/api/group-events/:id',
    operationId: 'removeGroupEvent',
    tag,
    summary: 'Remove an event with its answers (owner and managers)',
    status: 204,
    scope: 'agenda',
    params: IdParams,
    problems: OUTAGES,
    async handle({ params: { id } }, { user, newId }) {
      const ref = { eventId: id, userId: user.id };
      await eventFor(deps, ref, 'manage');
      await deps.temporal.changeGroupEvent(ref, { change: { kind: 'delete' }, requestId: newId });
      return { body: undefined };
    },
  }),
];

const answerRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'get',
    path: '/api/group-events/:id/answers',
    operationId: 'listGroupAnswers',
    tag,
    summary: 'Who comes to one occurrence',
    status: 200,
    scope: 'read',
    params: IdParams,
    query: AnswersQuery,
    output: AnswersOut,
    async handle({ params: { id }, query }, { user }) {
      const event = await eventFor(deps, { eventId: id, userId: user.id }, 'take-part');
      const [next] = eventOccurrences(event, Date.now(), 1);
      const key = query.occurrence ?? next?.key ?? occurrenceKey(event.start);
      return { body: answersOut(key, await listAnswers(deps.em(), { eventId: id, key })) };
    },
  }),
  userRoute({
    method: 'put',
    path: '/api/group-events/:id/answers',
    operationId: 'answerGroupEvent',
    tag,
    summary: 'Say whether you come to one occurrence',
    status: 200,
    scope: 'agenda',
    params: IdParams,
    body: AnswerIn,
    output: AnswersOut,
    problems: ['occurrence-not-found', ...OUTAGES],
    async handle({ params: { id }, body: { occurrence, answer } }, { user, newId }) {
      const ref = { eventId: id, userId: user.id };
      await eventFor(deps, ref, 'take-part');
      const change = { kind: 'answer', occurrence, answer } as const;
      await deps.temporal.changeGroupEvent(ref, { change, requestId: newId });
      return { body: answersOut(occurrence, await listAnswers(deps.em(), { eventId: id, key: occurrence })) };
    },
  }),
];
