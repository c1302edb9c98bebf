import { z } from 'zod';
import type { OccasionChange } from '../../contracts/occasions.ts';
import { listOccasions, readOccasion, type OccasionRow } from '../../db/repositories/occasions.ts';
import { readPerson } from '../../db/repositories/people.ts';
import { nextOccasion } from '../../domain/agenda/people/occasion.ts';
import { dateOf } from '../../domain/agenda/zoned-time.ts';
import type { ApiDeps } from '../deps.ts';
import { type FieldError, OUTAGES, Problem } from '../problems.ts';
import type { Route } from '../route.ts';
import { fromCursor, Id, IdParams, listOf, pageOf, paging } from '../schemas/paging.ts';
import { checkDate, OccasionChangeIn, OccasionIn, occasionOut, OccasionOut } from '../schemas/people.ts';
import { userRoute, type UserContext } from '../user-route.ts';

const tag = 'Occasions';

/** Birthdays and other days, told in time. */
export const occasionRoutes = (deps: ApiDeps): Route[] => [
  ...listRoutes(deps),
  ...changeRoutes(deps),
  readyRoute(deps),
];

const listRoutes = ({ em }: ApiDeps): Route[] => [
  userRoute({
    method: 'get',
    path: '/api/occasions',
    operationId: 'listOccasions',
    tag,
    summary: 'Occasions, each with its next date',
    status: 200,
    scope: 'read',
    query: z.strictObject({ ...paging(200, 50), personId: Id.optional() }),
    output: listOf(OccasionOut),
    problems: ['invalid-cursor'],
    async handle({ query: { limit, cursor, personId } }, { user }) {
      const after = fromCursor(cursor, Id);
      const rows = await listOccasions(em(), { userId: user.id, personId: personId ?? null, limit: limit + 1, after });
      const page = pageOf(rows, limit, ({ id }) => id);
      return { body: { ...page, items: page.items.map((row) => occasionOut(row, Date.now())) } };
    },
  }),
  userRoute({
    method: 'get',
    path: '/api/occasions/:id',
    operationId: 'getOccasion',
    tag,
    summary: 'One occasion',
    status: 200,
    scope: 'read',
    params: IdParams,
    output: OccasionOut,
    handle: async ({ params: { id } }, { user }) => ({
      body: occasionOut(known(await readOccasion(em(), user.id, id)), Date.now()),
    }),
  }),
];

const changeRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'post',
    path: '/api/occasions',
    operationId: 'addOccasion',
    tag,
    summary: 'Keep a day of the year in mind',
    status: 201,
    scope: 'agenda',
    body: OccasionIn,
    output: OccasionOut,
    problems: OUTAGES,
    async handle({ body }, { user, newId }) {
      await refuseStranger(deps, user.id, body.personId);
      await deps.temporal.createOccasion(newId, { userId: user.id, ...body });
      const row = known(await readOccasion(deps.em(), user.id, newId));
      return { body: occasionOut(row, Date.now()), location: `/api/occasions/${newId}` };
    },
  }),
  userRoute({
    method: 'patch',
    path: '/api/occasions/:id',
    operationId: 'changeOccasion',
    tag,
    summary: 'Set what is given; the rest stays',
    status: 200,
    scope: 'agenda',
    params: IdParams,
    body: OccasionChangeIn,
    output: OccasionOut,
    problems: OUTAGES,
    async handle({ params: { id }, body }, context) {
      const before = known(await readOccasion(deps.em(), context.user.id, id));
      await refuseStranger(deps, context.user.id, body.personId ?? null);
      const { month = before.month, day = before.day, year = before.year } = body;
      refuseWrongDate({ month, day, year });
      return { body: await changed(deps, context, { id, change: { kind: 'edit', edit: body } }) };
    },
  }),
  userRoute({
    method: 'delete',
    path: '/api/occasions/:id',
    operationId: 'removeOccasion',
    tag,
    summary: 'Forget an occasion',
    status: 204,
    scope: 'agenda',
    params: IdParams,
    problems: OUTAGES,
    async handle({ params: { id } }, { user, newId }) {
      known(await readOccasion(deps.em(), user.id, id));
      const call = { userId: user.id, occasionId: id, requestId: newId };
      await deps.temporal.changeOccasion({ ...call, change: { kind: 'delete' } });
      return { body: undefined };
    },
  }),
];

const readyRoute = (deps: ApiDeps): Route =>
  userRoute({
    method: 'put',
    path: '/api/occasions/:id/ready',
    operationId: 'setOccasionReady',
    tag,
    summary: 'The present for the next time is there, or is not after all; notices before the day follow',
    status: 200,
    scope: 'agenda',
    params: IdParams,
    body: z.strictObject({ ready: z.boolean() }).meta({ title: 'OccasionReady', examples: [{ ready: true }] }),
    output: OccasionOut,
    problems: OUTAGES,
    async handle({ params: { id }, body: { ready } }, context) {
      const row = known(await readOccasion(deps.em(), context.user.id, id));
      const year = Number(nextOccasion(row, dateOf(Date.now(), row.zone)).slice(0, 4));
      const change = { kind: ready ? 'done' : 'undo-done', year } as const;
      return { body: await changed(deps, context, { id, change }) };
    },
  });

async function changed(
  { em, temporal }: ApiDeps,
  { user, newId }: UserContext,
  { id, change }: { readonly id: string; readonly change: OccasionChange },
) {
  await temporal.changeOccasion({ userId: user.id, occasionId: id, change, requestId: newId });
  return occasionOut(known(await readOccasion(em(), user.id, id)), Date.now());
}

async function refuseStranger({ em }: ApiDeps, userId: string, personId: string | null): Promise<void> {
  if (personId !== null && (await readPerson(em(), { userId, id: personId })) === null)
    throw new Problem('not-found', 'there is no person with this id');
}

function refuseWrongDate(date: Parameters<typeof checkDate>[0]): void {
  const errors: FieldError[] = [];
  checkDate(date, {
    addIssue: (issue) => {
      if (typeof issue !== 'string') errors.push({ in: 'body', path: 'day', message: issue.message ?? 'is wrong' });
    },
  });
  const [first] = errors;
  if (first !== undefined) throw new Problem('invalid-request', `${first.path} ${first.message}`, { errors });
}

function known(row: OccasionRow | null): OccasionRow {
  if (row === null) throw new Problem('not-found', 'there is no occasion with this id');
  return row;
}
