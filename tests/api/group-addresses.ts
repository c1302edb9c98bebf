import { randomUUID } from 'node:crypto';
import { hashToken } from '../../api/session-cookie.ts';
import { putFeed } from '../../db/repositories/calendar-feeds.ts';
import { putInvite } from '../../db/repositories/group-invites.ts';
import { tagGroup } from '../../db/repositories/group-tags.ts';
import { addMember } from '../../db/repositories/groups.ts';
import { addOwned } from './owned.ts';
import { addPerson } from './people.ts';
import type { TestApi } from './support.ts';

/** Fills in what the addresses of groups and calendars take besides an id: a member, an invite, the secret of a feed. */
export async function withGroupParts(api: TestApi, ownerId: string, path: string): Promise<string> {
  if (path.includes('{key}')) {
    const key = randomUUID().replaceAll('-', '');
    await putInvite(api.em(), await addOwned(api, ownerId, 'groups'), key);
    return path.replace('{key}', key);
  }
  if (path.includes('{secret}')) {
    const secret = randomUUID();
    await putFeed(api.em(), ownerId, hashToken(secret));
    return path.replace('{secret}', secret);
  }
  return path.includes('{userId}') ? await withMember(api, ownerId, path) : path;
}

async function withMember(api: TestApi, ownerId: string, path: string): Promise<string> {
  const id = /[0-9a-f-]{36}/.exec(path)?.[0] ?? '';
  const groupId = path.includes('group-tags') ? await tagGroup(api.em(), ownerId, id) : id;
  const { id: userId } = await addPerson(api);
  await addMember(api.em(), { groupId: groupId ?? '', userId });
  return path.replace('{userId}', userId);
}

/** Operations of groups and calendars. */
export const GROUP_OPERATIONS = [
  ...[
    'acceptInvite',
    'addGroup',
    'addGroupEvent',
    'addGroupTag',
    'answerGroupEvent',
    'changeGroup',
    'changeGroupEvent',
  ],
  ...['changeGroupTag', 'exportCalendar', 'exportGroupCalendar', 'getCalendarFeed', 'getGroup', 'getGroupEvent'],
  ...[
    'getGroupInvite',
    'getInvite',
    'giveGroupTag',
    'importCalendar',
    'listGroupAnswers',
    'listGroupEvents',
    'listGroups',
  ],
  ...[
    'listGroupMembers',
    'listGroupTags',
    'listMyGroupEvents',
    'readCalendarFeed',
    'removeCalendarFeed',
    'removeGroup',
  ],
  ...['removeGroupEvent', 'removeGroupInvite', 'removeGroupMember', 'removeGroupTag', 'renewCalendarFeed'],
  ...['renewGroupInvite', 'setGroupNotify', 'setGroupRole', 'takeGroupTag'],
];
