import { listGroupEvents, type SeenEvent } from '../../db/repositories/group-events.ts';
import { listGroups, readGroup, type GroupRow } from '../../db/repositories/groups.ts';
import { longId, shortId } from '../../domain/agenda/button-data.ts';
import { eventOccurrences } from '../../domain/agenda/groups/event-moments.ts';
import { NOTIFY_MODES } from '../../domain/agenda/groups/group.ts';
import { mayInGroup } from '../../domain/agenda/groups/group-rights.ts';
import { momentWords } from '../../domain/agenda/moment-words.ts';
import type { Occurrence } from '../../domain/agenda/recurrence.ts';
import { safe } from '../../domain/shared/html.ts';
import type { Keyboard } from '../../domain/shared/keyboard.ts';
import type { DialogDeps, PressHandler, Reaction, Turn } from '../dialog/dialog.ts';
import { change, press, say, toast } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';

const PAGE = 10;
const NEAREST = 3;
const EVENTS_SHOWN = 10;
const MOST_EVENTS = 1_000;

/** Words of this screen in the person's language. */
export const groupWords = ({ talker }: Turn) => texts(talker.speaks).groups;

/** Answers in the message whose button was pressed, else in a new one. */
export const tellOf = ({ event }: Turn): typeof say => (event.kind === 'press' ? change : say);

/** A page of the person's groups; `after` is the last group of the page before. */
export async function groupList(turn: Turn, { em }: DialogDeps, after: string | null = null): Promise<Reaction> {
  const words = groupWords(turn);
  const { common } = texts(turn.talker.speaks);
  const groups = await listGroups(em(), { userId: turn.talker.userId, limit: PAGE + 1, after });
  const shown = groups.slice(0, PAGE);
  const last = shown.at(-1);
  const more =
    groups.length > PAGE && last !== undefined ? [[press(common.nextPage, 'groups.list', shortId(last.id))]] : [];
  const first = after === null ? [] : [[press(common.previousPage, 'groups.list')]];
  const keyboard: Keyboard = [
    ...shown.map(({ id, name }) => [press(name.slice(0, 40), 'groups.open', shortId(id))]),
    ...first,
    ...more,
    [press(words.create, 'groups.new'), press(words.exportAll, 'groups.export')],
  ];
  const text = shown.length === 0 && after === null ? words.none : words.list({ count: shown.length });
  return tellOf(turn)(text, keyboard);
}

/** Where a press on a group leads when the person is in it; else a word that it is gone. */
export const withGroup =
  (then: (turn: Turn, group: GroupRow, deps: DialogDeps) => Promise<Reaction>): PressHandler =>
  async (turn, [short = ''], deps) => {
    const groupId = longId(short);
    const group = groupId === null ? null : await readGroup(deps.em(), { groupId, userId: turn.talker.userId });
    return group === null ? toast(groupWords(turn).gone) : await then(turn, group, deps);
  };

interface Coming {
  readonly event: SeenEvent;
  readonly occurrence: Occurrence;
}

/** The next occurrence of each event of a group, the nearest first. */
async function coming(turn: Turn, groupId: string, { em }: DialogDeps): Promise<Coming[]> {
  const { talker, nowMs } = turn;
  const query = { userId: talker.userId, groupId, limit: MOST_EVENTS, after: null, onlyActive: true };
  const events = await listGroupEvents(em(), query);
  return events
    .flatMap((event) => eventOccurrences(event, nowMs, 1).map((occurrence) => ({ event, occurrence })))
    .sort((a, b) => a.occurrence.atMs - b.occurrence.atMs);
}

/** One group: the person's place in it, what comes, and what can be done. */
export async function groupPage(turn: Turn, group: GroupRow, deps: DialogDeps): Promise<Reaction> {
  const words = groupWords(turn);
  const { speaks: language, zone } = turn.talker;
  const seen = { zone, language, nowMs: turn.nowMs };
  const next = (await coming(turn, group.id, deps)).slice(0, NEAREST);
  const lines = next.map(({ event, occurrence }) =>
    words.event({ when: momentWords(occurrence.atMs, seen), title: event.title }),
  );
  const { id, name, role, members, notify } = group;
  const text = words.page({
    ...{ name, members, description: group.description ?? '', role: words.roles[role] },
    next: safe(lines.length === 0 ? words.noEvents : [words.nearest, ...lines].join('\n')),
  });
  const short = shortId(id);
  const manages = mayInGroup(role, 'manage');
  const keyboard: Keyboard = [
    [press(words.events, 'groups.events', short), ...(manages ? [press(words.plan, 'groups.plan', short)] : [])],
    NOTIFY_MODES.map((mode) =>
      press(`${mode === notify ? '› ' : ''}${words.notify[mode]}`, 'groups.notify', short, mode),
    ),
    [...(manages ? [press(words.invite, 'groups.invite', short)] : []), press(words.export, 'groups.export', short)],
    [press(words.groups, 'groups.list'), ...(role === 'owner' ? [] : [press(words.leave, 'groups.leave', short)])],
  ];
  return tellOf(turn)(text, keyboard);
}

/** What comes in a group, each with a button to its answers. */
export async function groupEventList(turn: Turn, group: GroupRow, deps: DialogDeps): Promise<Reaction> {
  const words = groupWords(turn);
  const { speaks: language, zone } = turn.talker;
  const seen = { zone, language, nowMs: turn.nowMs };
  const next = (await coming(turn, group.id, deps)).slice(0, EVENTS_SHOWN);
  const rows = next.map(({ event, occurrence }) => [
    press(`${momentWords(occurrence.atMs, seen)} — ${event.title}`.slice(0, 60), 'groups.event', shortId(event.id)),
  ]);
  const text = next.length === 0 ? words.noEvents : words.nearest;
  return tellOf(turn)(text, [...rows, [press(words.toGroup, 'groups.open', shortId(group.id))]]);
}
