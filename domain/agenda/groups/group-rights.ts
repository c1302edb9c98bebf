import { DomainError } from '../../shared/errors.ts';

/** There is one owner in each group. */
export const GROUP_ROLES = ['owner', 'manager', 'member'] as const;
export type GroupRole = (typeof GROUP_ROLES)[number];

/** What may be done in a group: its name, its roles and its end; events, tags, invites and who is in it; hearing and answering. */
export type GroupAction = 'own' | 'manage' | 'take-part';

const RANK: Readonly<Record<GroupRole, number>> = { owner: 2, manager: 1, member: 0 };
const NEEDED: Readonly<Record<GroupAction, number>> = { own: 2, manage: 1, 'take-part': 0 };

/** Whether a role allows an action. */
export const mayInGroup = (role: GroupRole, action: GroupAction): boolean => RANK[role] >= NEEDED[action];

/** @throws DomainError forbidden */
export function requireInGroup(role: GroupRole, action: GroupAction): void {
  if (mayInGroup(role, action)) return;
  const who = action === 'own' ? 'the owner of the group' : 'an owner or a manager of the group';
  throw new DomainError('forbidden', `only ${who} may do this`);
}

/** Whether one member may be sent away by another: the owner by nobody, managers by the owner alone. */
export const mayRemove = (by: GroupRole, whom: GroupRole): boolean => by !== 'member' && RANK[by] > RANK[whom];
