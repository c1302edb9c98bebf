import { randomBytes } from 'node:crypto';
import { acceptInvite, putInvite, readInvite, readInvited, removeInvite } from '../../db/repositories/group-invites.ts';
import { readGroup, type GroupRow } from '../../db/repositories/groups.ts';
import { shortId } from '../../domain/agenda/button-data.ts';
import { inviteKey, startOfInvite } from '../../domain/agenda/groups/invite-key.ts';
import { requireInGroup } from '../../domain/agenda/groups/group-rights.ts';
import type { CommandEvent, DialogDeps, Handler, PressHandler, Reaction, Turn } from '../dialog/dialog.ts';
import { change, press, say } from '../dialog/reactions.ts';
import { groupPage, groupWords, withGroup } from './group-page.ts';

/** More than a key needs: some bytes are passed over. */
const RANDOM_BYTES = 64;

function shown(turn: Turn, { id, name }: GroupRow, key: string | null): Reaction {
  const words = groupWords(turn);
  const back = [press(words.toGroup, 'groups.open', shortId(id))];
  if (key === null)
    return change(words.noInvite({ name }), [[press(words.makeInvite, 'groups.renew', shortId(id))], back]);
  const text = words.inviteShown({ name, command: `/start ${startOfInvite(key)}` });
  return change(text, [
    [press(words.renew, 'groups.renew', shortId(id)), press(words.uninvite, 'groups.uninvite', shortId(id))],
    back,
  ]);
}

/** The invite of a group. */
export const onInvite = withGroup(async (turn, group, { em }) => {
  requireInGroup(group.role, 'manage');
  return shown(turn, group, await readInvite(em(), group.id));
});

export const onRenew = withGroup(async (turn, group) => {
  requireInGroup(group.role, 'manage');
  const key = inviteKey(randomBytes(RANDOM_BYTES));
  return await Promise.resolve({
    ...shown(turn, group, key),
    write: async (tx) => {
      await putInvite(tx, group.id, key);
    },
  });
});

export const onUninvite = withGroup(async (turn, group) => {
  requireInGroup(group.role, 'manage');
  return await Promise.resolve({
    ...shown(turn, group, null),
    write: async (tx) => {
      await removeInvite(tx, group.id);
    },
  });
});

async function openGroup(turn: Turn, groupId: string, deps: DialogDeps): Promise<Reaction> {
  const group = await readGroup(deps.em(), { groupId, userId: turn.talker.userId });
  return group === null ? say(groupWords(turn).gone) : await groupPage(turn, group, deps);
}

/** `/start invite_…`: whoever is in the group already sees it, others are asked. */
export const onInviteLink: Handler<CommandEvent> = async (turn, deps) => {
  const words = groupWords(turn);
  const key = turn.event.args.trim();
  const invited = /^\w{8,50}$/.test(key) ? await readInvited(deps.em(), key, turn.talker.userId) : null;
  if (invited === null) return say(words.inviteGone);
  if (invited.isMember) return await openGroup(turn, invited.groupId, deps);
  const { name, description, members } = invited;
  const buttons = [press(words.join, 'groups.join', key), press(words.decline, 'groups.decline')];
  return say(words.invited({ name, description: description ?? '', members }), [buttons]);
};

export const onJoin: PressHandler = async (turn, [key = ''], deps) => {
  const words = groupWords(turn);
  const groupId = await acceptInvite(deps.em(), key, turn.talker.userId);
  if (groupId === null) return change(words.inviteGone);
  return { ...(await openGroup(turn, groupId, deps)), toast: words.joined };
};

export const onDecline: PressHandler = (turn) => change(groupWords(turn).declined);
