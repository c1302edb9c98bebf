import { groupCalendar, personalCalendar } from '../../db/repositories/calendar-events.ts';
import { removeMember, setNotify } from '../../db/repositories/group-members.ts';
import { addGroup, readGroup } from '../../db/repositories/groups.ts';
import { longId, shortId } from '../../domain/agenda/button-data.ts';
import { NOTIFY_MODES } from '../../domain/agenda/groups/group.ts';
import type { IcsEvent } from '../../domain/agenda/ics-event.ts';
import { writeCalendar } from '../../domain/agenda/ics-writer.ts';
import { derivedId } from '../dialog/derived-id.ts';
import type { Handler, PressHandler, Reaction, Screen, TextEvent } from '../dialog/dialog.ts';
import { awaiting, change, done, press, say, toast } from '../dialog/reactions.ts';
import { onAnswer, onEvent } from './group-answers.ts';
import { onDecline, onInvite, onInviteLink, onJoin, onRenew, onUninvite } from './group-invites.ts';
import { groupEventList, groupList, groupPage, groupWords, withGroup } from './group-page.ts';
import { onEventPhrase, onPlan, onSave, onUnplan } from './group-plan.ts';

const MAX_NAME = 100;

const onName: Handler<TextEvent> = async (turn, deps) => {
  const name = turn.event.text.trim();
  if (name === '' || name.length > MAX_NAME) return say(groupWords(turn).nameLength);
  const key = { groupId: derivedId(turn.updateId, 'group'), userId: turn.talker.userId };
  await addGroup(deps.em(), key, { name, description: null });
  const group = await readGroup(deps.em(), key);
  return done(group === null ? say(groupWords(turn).gone) : await groupPage(turn, group, deps));
};

const onNotify: PressHandler = async (turn, [short = '', said = ''], deps) => {
  const words = groupWords(turn);
  const mode = NOTIFY_MODES.find((one) => one === said);
  const groupId = longId(short);
  const key = { groupId: groupId ?? '', userId: turn.talker.userId };
  const group = groupId === null ? null : await readGroup(deps.em(), key);
  if (group === null || mode === undefined) return toast(words.gone);
  const page = await groupPage(turn, { ...group, notify: mode }, deps);
  return {
    ...page,
    toast: words.notifySet[mode],
    write: async (tx) => {
      await setNotify(tx, key, mode);
    },
  };
};

const fileOf = (
  name: string,
  events: readonly IcsEvent[],
  said: { readonly html: string; readonly nowMs: number },
): Reaction => ({
  replies: [
    {
      kind: 'file',
      name: 'calendar.ics',
      bytes: new TextEncoder().encode(writeCalendar({ name, events, stampMs: said.nowMs })),
      html: said.html,
    },
  ],
  state: null,
});

const onExport: PressHandler = async (turn, args, deps) => {
  const words = groupWords(turn);
  const { nowMs, talker } = turn;
  const { userId } = talker;
  if (args.length === 0)
    return fileOf(talker.name, await personalCalendar(deps.em(), userId), { html: words.exportedAll, nowMs });
  const ofGroup = withGroup(async (_turn, { id: groupId, name }) => {
    const events = await groupCalendar(deps.em(), { userId, groupId });
    return fileOf(name, events, { html: words.exported({ name }), nowMs });
  });
  return await ofGroup(turn, args, deps);
};

const onLeave = withGroup(async (turn, { id, name }) => {
  const words = groupWords(turn);
  const buttons = [press(words.leave, 'groups.left', shortId(id)), press(words.toGroup, 'groups.open', shortId(id))];
  return await Promise.resolve(change(words.askLeave({ name }), [buttons]));
});

const onLeft = withGroup(async (turn, { id, name }) => {
  const words = groupWords(turn);
  const { userId } = turn.talker;
  return await Promise.resolve({
    ...change(words.left({ name }), [[press(words.groups, 'groups.list')]]),
    write: async (tx) => {
      await removeMember(tx, { groupId: id, userId }, userId);
    },
  });
});

/** /groups: who one meets, what comes, and who comes; `/start invite_…` leads into a group. */
export const groupsScreen: Screen = {
  commands: { groups: async (turn, deps) => await groupList(turn, deps) },
  links: { invite: onInviteLink },
  presses: {
    'groups.list': async (turn, [after], deps) =>
      await groupList(turn, deps, after === undefined ? null : longId(after)),
    'groups.open': withGroup(groupPage),
    'groups.events': withGroup(groupEventList),
    'groups.new': (turn) => awaiting(say(groupWords(turn).askName), 'groups.name'),
    'groups.notify': onNotify,
    'groups.export': onExport,
    'groups.leave': onLeave,
    'groups.left': onLeft,
    'groups.invite': onInvite,
    'groups.renew': onRenew,
    'groups.uninvite': onUninvite,
    'groups.join': onJoin,
    'groups.decline': onDecline,
    'groups.event': onEvent,
    'groups.answer': onAnswer,
    'groups.plan': onPlan,
    'groups.save': onSave,
    'groups.unplan': onUnplan,
  },
  awaited: { 'groups.name': onName, 'groups.event': onEventPhrase },
};
