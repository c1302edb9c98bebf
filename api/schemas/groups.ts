import { z } from 'zod';
import type { InvitedTo } from '../../db/repositories/group-invites.ts';
import type { MemberRow } from '../../db/repositories/group-members.ts';
import type { TagRow } from '../../db/repositories/group-tags.ts';
import type { GroupRow } from '../../db/repositories/groups.ts';
import { GROUP_ROLES } from '../../domain/agenda/groups/group-rights.ts';
import { NOTIFY_MODES } from '../../domain/agenda/groups/group.ts';

const Name = z.string().trim().min(1, 'must not be empty').max(100, 'must be at most 100 characters');
const Description = z.string().trim().min(1).max(2000, 'must be at most 2000 characters').nullable();

export const GroupIn = z
  .strictObject({ name: Name, description: Description.default(null) })
  .meta({ title: 'NewGroup', examples: [{ name: 'Chess club' }] });
export const GroupEditIn = z
  .strictObject({ name: Name, description: Description })
  .partial()
  .meta({ title: 'GroupChange', examples: [{ name: 'Chess and go' }] });
export const NotifyIn = z
  .strictObject({ mode: z.enum(NOTIFY_MODES).describe('with a sound, without one, or not at all') })
  .meta({ title: 'GroupNotify', examples: [{ mode: 'quiet' }] });
export const RoleIn = z
  .strictObject({ role: z.enum(GROUP_ROLES).describe('a new owner makes the old one a manager') })
  .meta({ title: 'MemberRole', examples: [{ role: 'manager' }] });

export const GroupOut = z
  .object({
    id: z.uuid(),
    name: z.string(),
    description: z.string().nullable(),
    role: z.enum(GROUP_ROLES).describe('your own'),
    notify: z.enum(NOTIFY_MODES).describe('how you hear of its events'),
    members: z.int(),
    createdAt: z.iso.datetime(),
  } satisfies Record<keyof GroupRow, z.ZodType>)
  .meta({ title: 'Group' });

export const MemberOut = z
  .object({
    userId: z.uuid(),
    name: z.string(),
    role: z.enum(GROUP_ROLES),
    tagIds: z.array(z.string()),
    joinedAt: z.iso.datetime(),
  } satisfies Record<keyof MemberRow, z.ZodType>)
  .meta({ title: 'GroupMember' });

/** A member as an answer has it. */
export const memberOut = (row: MemberRow): z.input<typeof MemberOut> => ({ ...row, tagIds: [...row.tagIds] });

const TagName = z.string().trim().min(1, 'must not be empty').max(50, 'must be at most 50 characters');
const Colour = z.string().regex(/^#[0-9a-f]{6}$/, 'must be a colour such as #3366ff');

export const TagIn = z
  .strictObject({ name: TagName, colour: Colour.default('#888888') })
  .meta({ title: 'NewGroupTag', examples: [{ name: 'juniors', colour: '#3366ff' }] });
export const TagEditIn = z
  .strictObject({ name: TagName, colour: Colour })
  .partial()
  .meta({ title: 'GroupTagChange', examples: [{ colour: '#cc3300' }] });
export const TagOut = z
  .object({
    id: z.uuid(),
    name: z.string(),
    colour: z.string(),
    members: z.int().describe('how many have it'),
  } satisfies Record<keyof TagRow, z.ZodType>)
  .meta({ title: 'GroupTag' });

export const InviteOut = z
  .object({
    key: z.string().nullable().describe('null: nobody can join'),
    startParameter: z.string().nullable().describe('of a deep link to the bot, e.g. https://t.me/<bot>?start=invite_…'),
  })
  .meta({ title: 'GroupInvite' });

/** An invite as an answer has it. */
export const inviteOut = (key: string | null): z.input<typeof InviteOut> => ({
  key,
  startParameter: key === null ? null : `invite_${key}`,
});

export const InvitedOut = z
  .object({
    groupId: z.uuid(),
    name: z.string(),
    description: z.string().nullable(),
    members: z.int(),
    isMember: z.boolean().describe('you are in it already'),
  } satisfies Record<keyof InvitedTo, z.ZodType>)
  .meta({ title: 'InvitedGroup' });
