import { defineEntity, p } from '@mikro-orm/core';
import type { GroupRole } from '../../domain/agenda/groups/group-rights.ts';
import type { NotifyMode } from '../../domain/agenda/groups/group.ts';
import { AppUser } from './app-user.ts';

const AgendaGroupSchema = defineEntity({
  name: 'AgendaGroup',
  tableName: 'agenda_group',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    description: p.text().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
/** People who have events together. */
export class AgendaGroup extends AgendaGroupSchema.class {}
AgendaGroupSchema.setClass(AgendaGroup);

const GroupMemberSchema = defineEntity({
  name: 'GroupMember',
  tableName: 'group_member',
  indexes: [
    { properties: ['user'] },
    {
      name: 'group_member_owner_unique',
      expression: `create unique index group_member_owner_unique on group_member (group_id) where role = 'owner'`,
    },
  ],
  properties: {
    group: () => p.manyToOne(AgendaGroup).primary().deleteRule('cascade'),
    user: () => p.manyToOne(AppUser).primary().deleteRule('cascade'),
    role: p.text().$type<GroupRole>(),
    notify: p.text().$type<NotifyMode>().default('sound'),
    joinedAt: p.datetime().defaultRaw('clock_timestamp()'),
  },
});
/** Somebody in a group, and how he wants to hear of its events. */
export class GroupMember extends GroupMemberSchema.class {}
GroupMemberSchema.setClass(GroupMember);

const GroupTagSchema = defineEntity({
  name: 'GroupTag',
  tableName: 'group_tag',
  uniques: [{ properties: ['group', 'name'] }],
  properties: {
    id: p.uuid().primary(),
    group: () => p.manyToOne(AgendaGroup).deleteRule('cascade'),
    name: p.text(),
    /** `#rrggbb`. */
    colour: p.text(),
  },
});
/** A name for some of a group's members: an event may be theirs alone. */
export class GroupTag extends GroupTagSchema.class {}
GroupTagSchema.setClass(GroupTag);

const GroupMemberTagSchema = defineEntity({
  name: 'GroupMemberTag',
  tableName: 'group_member_tag',
  indexes: [{ properties: ['member'] }],
  properties: {
    tag: () => p.manyToOne(GroupTag).primary().deleteRule('cascade'),
    member: () => p.manyToOne(GroupMember).primary().deleteRule('cascade'),
  },
});
/** A tag that a member has. */
export class GroupMemberTag extends GroupMemberTagSchema.class {}
GroupMemberTagSchema.setClass(GroupMemberTag);

const GroupInviteSchema = defineEntity({
  name: 'GroupInvite',
  tableName: 'group_invite',
  properties: {
    group: () => p.oneToOne(AgendaGroup).primary().deleteRule('cascade'),
    /** Unguessable; whoever knows it may join. */
    key: p.text().unique(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
/** The one invite of a group that can be used. */
export class GroupInvite extends GroupInviteSchema.class {}
GroupInviteSchema.setClass(GroupInvite);
