import { z } from 'zod';
import {
  addEvidence,
  listSkills,
  putSkill,
  readSkill,
  removeSkill,
  type SkillRow,
} from '../../db/repositories/skills.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import type { Route } from '../route.ts';
import { EvidenceIn, SkillIn, skillOut, SkillOut } from '../schemas/goals.ts';
import { IdParams } from '../schemas/paging.ts';
import { userRoute } from '../user-route.ts';

const tag = 'Skills';

/** What a person gets better at, with what shows it. */
export const skillRoutes = ({ em }: ApiDeps): Route[] => [
  userRoute({
    method: 'get',
    path: '/api/skills',
    operationId: 'listSkills',
    tag,
    summary: 'Skills by name',
    status: 200,
    scope: 'read',
    output: z.object({ items: z.array(SkillOut) }),
    handle: async (_input, { user }) => ({ body: { items: (await listSkills(em(), user.id)).map(skillOut) } }),
  }),
  userRoute({
    method: 'post',
    path: '/api/skills',
    operationId: 'addSkill',
    tag,
    summary: 'Add a skill',
    status: 201,
    scope: 'agenda',
    body: SkillIn,
    output: SkillOut,
    async handle({ body }, { user, newId }) {
      const skill = known(await putSkill(em(), { userId: user.id, id: newId }, body));
      return { body: skillOut(skill), location: '/api/skills' };
    },
  }),
  ...oneSkillRoutes(em),
];

const oneSkillRoutes = (em: ApiDeps['em']): Route[] => [
  userRoute({
    method: 'put',
    path: '/api/skills/:id',
    operationId: 'changeSkill',
    tag,
    summary: 'Set name and levels',
    status: 200,
    scope: 'agenda',
    params: IdParams,
    body: SkillIn,
    output: SkillOut,
    async handle({ params: { id }, body }, { user }) {
      known(await readSkill(em(), { userId: user.id, id }));
      return { body: skillOut(known(await putSkill(em(), { userId: user.id, id }, body))) };
    },
  }),
  userRoute({
    method: 'post',
    path: '/api/skills/:id/evidence',
    operationId: 'addSkillEvidence',
    tag,
    summary: 'Add what shows a level; the skill has at least that level then',
    status: 201,
    scope: 'agenda',
    params: IdParams,
    body: EvidenceIn,
    output: SkillOut,
    async handle({ params: { id }, body }, { user, newId }) {
      const skill = await addEvidence(em(), { userId: user.id, id }, { id: newId, ...body });
      return { body: skillOut(known(skill)), location: '/api/skills' };
    },
  }),
  userRoute({
    method: 'delete',
    path: '/api/skills/:id',
    operationId: 'removeSkill',
    tag,
    summary: 'Remove a skill',
    status: 204,
    scope: 'agenda',
    params: IdParams,
    async handle({ params: { id } }, { user }) {
      if (!(await removeSkill(em(), { userId: user.id, id }))) throw noSkill();
      return { body: undefined };
    },
  }),
];

const noSkill = (): Problem => new Problem('not-found', 'there is no skill with this id');

function known(skill: SkillRow | null): SkillRow {
  if (skill === null) throw noSkill();
  return skill;
}
