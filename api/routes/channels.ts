import { z } from 'zod';
import type { ChannelCheck } from '../../contracts/accounts.ts';
import {
  addChannelRule,
  changeChannelRule,
  findChannelRule,
  listChannelRules,
  noteChannelAccess,
  readChannelRule,
  removeChannelRule,
  type ChannelRuleRow,
} from '../../db/repositories/channel-rules.ts';
import type { ApiDeps } from '../deps.ts';
import { OUTAGES, Problem } from '../problems.ts';
import type { Route } from '../route.ts';
import { ChannelIn, ChannelOut, ChannelParams, checkRanges, RangesIn } from '../schemas/channel.ts';
import { userRoute } from '../user-route.ts';

const tag = 'Channels';
const asking = ['no-account', 'channel-unknown', ...OUTAGES] as const;

/** Channels that gifts are bought for, and which gifts. */
export const channelRoutes = (deps: ApiDeps): Route[] => [...readRoutes(deps), ...changeRoutes(deps)];

const readRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'get',
    path: '/api/channels',
    operationId: 'listChannels',
    tag,
    summary: 'Channels, oldest first',
    status: 200,
    scope: 'read',
    output: z.object({ items: z.array(ChannelOut) }),
    handle: async (_input, { user }) => ({
      body: { items: (await listChannelRules(deps.em(), user.id)).map(channelOut) },
    }),
  }),
  userRoute({
    method: 'get',
    path: '/api/channels/:id',
    operationId: 'getChannel',
    tag,
    summary: 'One channel',
    status: 200,
    scope: 'read',
    params: ChannelParams,
    output: ChannelOut,
    handle: async ({ params: { id } }, { user }) => ({ body: channelOut(await ruleOr404(deps, user.id, id)) }),
  }),
];

const changeRoutes = (deps: ApiDeps): Route[] => [...setRoutes(deps), ...checkRoutes(deps)];

const setRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'post',
    path: '/api/channels',
    operationId: 'addChannel',
    tag,
    summary: 'Add a channel; every account of the user is asked what it may do there',
    status: 201,
    scope: 'channels',
    body: ChannelIn,
    output: ChannelOut,
    problems: ['channel-exists', ...asking],
    async handle({ body: { target, ...ranges } }, { actor, user }) {
      await refuseKnown(deps, user.id, target.replace(/^@/, ''));
      const found = await deps.temporal.checkChannel({ userId: user.id, target });
      const rule = await addChannelRule(deps.em(), actor, { ...found, ...ranges });
      if (rule === null) {
        await refuseKnown(deps, user.id, found.channelId);
        throw new Problem('channel-exists', 'there was a rule for this channel a moment ago: try again');
      }
      return { body: channelOut(rule), location: `/api/channels/${rule.id}` };
    },
  }),
  userRoute({
    method: 'patch',
    path: '/api/channels/:id',
    operationId: 'changeChannel',
    tag,
    summary: 'Change which gifts go there; what is not given stays',
    status: 200,
    scope: 'channels',
    params: ChannelParams,
    body: RangesIn,
    output: ChannelOut,
    async handle({ params: { id }, body }, { actor }) {
      const rule = await changeChannelRule(deps.em(), actor, { ruleId: id, change: body, check: checkRanges });
      if (rule === null) throw noRule();
      return { body: channelOut(rule) };
    },
  }),
];

const checkRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'post',
    path: '/api/channels/:id/check',
    operationId: 'checkChannel',
    tag,
    summary: 'Ask every account again what it may do there',
    status: 200,
    scope: 'channels',
    params: ChannelParams,
    output: ChannelOut,
    problems: asking,
    async handle({ params: { id } }, { user }) {
      const { channelId } = await ruleOr404(deps, user.id, id);
      const found: ChannelCheck = await deps.temporal.checkChannel({ userId: user.id, target: channelId });
      await noteChannelAccess(deps.em(), user.id, found);
      return { body: channelOut(await ruleOr404(deps, user.id, id)) };
    },
  }),
  userRoute({
    method: 'delete',
    path: '/api/channels/:id',
    operationId: 'removeChannel',
    tag,
    summary: 'Buy nothing for it any more',
    status: 204,
    scope: 'channels',
    params: ChannelParams,
    async handle({ params: { id } }, { actor }) {
      if (!(await removeChannelRule(deps.em(), actor, id))) throw noRule();
      return { body: undefined };
    },
  }),
];

const noRule = () => new Problem('not-found', 'there is no channel with this id');

async function refuseKnown({ em }: ApiDeps, userId: string, channel: string): Promise<void> {
  const existingId = await findChannelRule(em(), userId, channel);
  if (existingId !== null) throw new Problem('channel-exists', 'change the rule that is there', { existingId });
}

async function ruleOr404({ em }: ApiDeps, userId: string, id: string): Promise<ChannelRuleRow> {
  const rule = await readChannelRule(em(), userId, id);
  if (rule === null) throw noRule();
  return rule;
}

const channelOut = (rule: ChannelRuleRow): z.input<typeof ChannelOut> => ({ ...rule, access: [...rule.access] });
