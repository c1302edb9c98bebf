import { z } from 'zod';
import {
  addPerson,
  changePerson,
  listPeople,
  readPerson,
  removePerson,
  type PersonRow,
} from '../../db/repositories/people.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import type { Route } from '../route.ts';
import { fromCursor, IdParams, listOf, pageOf, paging } from '../schemas/paging.ts';
import { PersonChangeIn, PersonIn, personOut, PersonOut } from '../schemas/people.ts';
import { userRoute } from '../user-route.ts';

const tag = 'People';
const Position = z.string().max(300);

/** Whom a user gives presents. */
export const peopleRoutes = (deps: ApiDeps): Route[] => [...readRoutes(deps), ...changeRoutes(deps)];

const readRoutes = ({ em }: ApiDeps): Route[] => [
  userRoute({
    method: 'get',
    path: '/api/people',
    operationId: 'listPeople',
    tag,
    summary: 'People by name',
    status: 200,
    scope: 'read',
    query: z.strictObject(paging(200, 50)),
    output: listOf(PersonOut),
    problems: ['invalid-cursor'],
    async handle({ query: { limit, cursor } }, { user }) {
      const rows = await listPeople(em(), { userId: user.id, limit: limit + 1, after: fromCursor(cursor, Position) });
      const page = pageOf(rows, limit, ({ sort }) => sort);
      return { body: { ...page, items: page.items.map(personOut) } };
    },
  }),
  userRoute({
    method: 'get',
    path: '/api/people/:id',
    operationId: 'getPerson',
    tag,
    summary: 'One person',
    status: 200,
    scope: 'read',
    params: IdParams,
    output: PersonOut,
    handle: async ({ params: { id } }, { user }) => ({
      body: personOut(known(await readPerson(em(), { userId: user.id, id }))),
    }),
  }),
];

const changeRoutes = ({ em }: ApiDeps): Route[] => [
  userRoute({
    method: 'post',
    path: '/api/people',
    operationId: 'addPerson',
    tag,
    summary: 'Add a person',
    status: 201,
    scope: 'agenda',
    body: PersonIn,
    output: PersonOut,
    async handle({ body }, { user, newId }) {
      const person = known(await addPerson(em(), { userId: user.id, id: newId }, body));
      return { body: personOut(person), location: `/api/people/${newId}` };
    },
  }),
  userRoute({
    method: 'patch',
    path: '/api/people/:id',
    operationId: 'changePerson',
    tag,
    summary: 'Set what is given; the rest stays',
    status: 200,
    scope: 'agenda',
    params: IdParams,
    body: PersonChangeIn,
    output: PersonOut,
    async handle({ params: { id }, body }, { user }) {
      const key = { userId: user.id, id };
      const before = known(await readPerson(em(), key));
      const { budgetMinor = before.budgetMinor, budgetCurrency = before.budgetCurrency } = body;
      if ((budgetMinor === null) !== (budgetCurrency === null))
        throw new Problem('invalid-request', 'budgetMinor and budgetCurrency go together: both or none');
      return { body: personOut(known(await changePerson(em(), key, body))) };
    },
  }),
  userRoute({
    method: 'delete',
    path: '/api/people/:id',
    operationId: 'removePerson',
    tag,
    summary: 'Forget a person with all occasions',
    status: 204,
    scope: 'agenda',
    params: IdParams,
    async handle({ params: { id } }, { user }) {
      if (!(await removePerson(em(), { userId: user.id, id }))) throw nobody();
      return { body: undefined };
    },
  }),
];

const nobody = (): Problem => new Problem('not-found', 'there is no person with this id');

function known(person: PersonRow | null): PersonRow {
  if (person === null) throw nobody();
  return person;
}
