import { createGroupEvent } from '../../client/groups.ts';
import { readGroup } from '../../db/repositories/groups.ts';
import { longId, shortId } from '../../domain/agenda/button-data.ts';
import { checkGroupEvent, type GroupEventDefinition } from '../../domain/agenda/groups/group.ts';
import { requireInGroup } from '../../domain/agenda/groups/group-rights.ts';
import { isAsked, understand } from '../../domain/agenda/language/understand.ts';
import { momentWords } from '../../domain/agenda/moment-words.ts';
import { nextOccurrences } from '../../domain/agenda/recurrence.ts';
import { derivedId } from '../dialog/derived-id.ts';
import type { Handler, PressHandler, TextEvent, Turn } from '../dialog/dialog.ts';
import { awaiting, done, press, say, toast } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';
import { groupPage, groupWords, withGroup } from './group-page.ts';

const LEAD_MINUTES = 60;
const DATES_SHOWN = 3;

/** Asks what and when. */
export const onPlan = withGroup(async (turn, group) => {
  requireInGroup(group.role, 'manage');
  return await Promise.resolve(awaiting(say(groupWords(turn).askEvent), 'groups.event', { group: shortId(group.id) }));
});

const eventOf = (
  turn: Turn,
  { title, start, rule }: { title: string; start: string; rule: string | null },
): GroupEventDefinition => ({
  ...{ title, description: null, start, zone: turn.talker.zone, rule, exdates: [] },
  ...{ durationMinutes: null, leadMinutes: [LEAD_MINUTES], tagIds: [] },
});

/** A phrase becomes an event once the person has agreed. */
export const onEventPhrase: Handler<TextEvent> = (turn) => {
  const words = groupWords(turn);
  const { nowMs, talker, event, state } = turn;
  const { zone, speaks: language } = talker;
  const heard = understand(event.text, { nowMs, zone, language });
  if (isAsked(heard)) return say(words.notUnderstood);
  const { text: title, start, rule } = heard;
  checkGroupEvent(eventOf(turn, { title, start, rule }));
  const dates = nextOccurrences({ start, rule }, zone, { afterMs: nowMs, count: DATES_SHOWN })
    .map(({ atMs }) => `• ${momentWords(atMs, { zone, nowMs, language })}`)
    .join('\n');
  const draft = shortId(turn.updateId);
  const keyboard = [[press(words.save, 'groups.save', draft), press(texts(language).common.cancel, 'groups.unplan')]];
  return awaiting(say(words.understood({ title, dates }), keyboard), 'groups.event', {
    ...{ group: state.data['group'], draft, title, start, rule },
  });
};

interface Draft {
  readonly groupId: string;
  readonly title: string;
  readonly start: string;
  readonly rule: string | null;
}

/** The draft that is shown; null = another one is by now, or none. */
function draftOf({ state }: Turn, asked: string): Draft | null {
  const { group, draft, title, start, rule = null } = state.data;
  if (draft !== asked || typeof title !== 'string' || typeof start !== 'string') return null;
  const groupId = typeof group === 'string' ? longId(group) : null;
  return groupId === null ? null : { groupId, title, start, rule: typeof rule === 'string' ? rule : null };
}

/** Saves the draft under whose button was pressed, under an id that follows from it: pressed twice it is one event. */
export const onSave: PressHandler = async (turn, [short = ''], deps) => {
  const words = groupWords(turn);
  const { userId } = turn.talker;
  const draft = draftOf(turn, short);
  const draftId = longId(short);
  if (draft === null || draftId === null) return toast(words.gone);
  const { groupId } = draft;
  const event = { ...eventOf(turn, draft), groupId, userId };
  await createGroupEvent(deps.client, derivedId(draftId, 'group-event'), event);
  const group = await readGroup(deps.em(), { groupId, userId });
  return group === null ? toast(words.gone) : { ...done(await groupPage(turn, group, deps)), toast: words.saved };
};

export const onUnplan: PressHandler = (turn) => done(say(texts(turn.talker.speaks).common.cancelled));
