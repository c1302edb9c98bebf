import { createHabit } from '../../client/habits.ts';
import { countHabits } from '../../db/repositories/habits.ts';
import { shortId } from '../../domain/agenda/button-data.ts';
import { HABIT_KINDS, type HabitKind } from '../../domain/agenda/habits/habit-history.ts';
import { readAgendaSettings } from '../../db/repositories/agenda-settings.ts';
import { DEFAULT_DAY_START, HABIT_LIMITS, type HabitDefinition } from '../../domain/agenda/habits/habit.ts';
import type { DialogDeps, DialogState, Handler, PressHandler, Reaction, TextEvent, Turn } from '../dialog/dialog.ts';
import { derivedId } from '../dialog/derived-id.ts';
import { awaiting, change, done, press, say } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';
import { habitPage } from './habit-page.ts';
import { amountWritten, clockTimesIn } from './habit-view.ts';

const wordsOf = ({ talker }: Turn) => texts(talker.speaks).habits;
const QUICK_TIME = '20:00';
/** Colours in turn, so that habits differ in pictures. */
const COLOURS = [8, 10, 2, 14, 6, 15, 12, 0];

/** A habit as far as it is told; it lies in the dialog's state. */
interface HabitDraft {
  readonly name: string;
  readonly kind: HabitKind;
  readonly target: number | null;
  readonly unit: string | null;
  readonly times: number;
  readonly days: number;
}

/** null = nothing is being told here any more. */
function draftIn({ data }: DialogState): HabitDraft | null {
  const { name, target, unit, times, days } = data;
  if (typeof name !== 'string') return null;
  return {
    name,
    kind: HABIT_KINDS.find((kind) => kind === data['kind']) ?? 'yes-no',
    target: typeof target === 'number' ? target : null,
    unit: typeof unit === 'string' ? unit : null,
    times: typeof times === 'number' ? times : 1,
    days: typeof days === 'number' ? days : 1,
  };
}

const startAgain = (turn: Turn): Reaction => done(say(wordsOf(turn).startAgain));

export const onNew: PressHandler = (turn) => awaiting(say(wordsOf(turn).askName), 'habits.name');

/** The name is there: the kind is asked, and one tap is enough. */
export function askKind(turn: Turn, written: string): Reaction {
  const words = wordsOf(turn);
  const name = written.replaceAll(/\s+/g, ' ').trim();
  if (name === '') return awaiting(say(words.askName), 'habits.name');
  if (name.length > HABIT_LIMITS.nameChars) return awaiting(say(words.nameTooLong), 'habits.name');
  const keyboard = [
    [press(words.quick, 'habits.quick')],
    [press(words.kindYesNo, 'habits.kind', 'yes-no')],
    [press(words.kindAtLeast, 'habits.kind', 'at-least'), press(words.kindAtMost, 'habits.kind', 'at-most')],
  ];
  return { ...say(words.askKind({ name }), keyboard), state: { awaiting: null, data: { name } } };
}

export const onName: Handler<TextEvent> = (turn) => askKind(turn, turn.event.text);

export const onQuick: PressHandler = async (turn, _args, deps) => {
  const draft = draftIn(turn.state);
  if (draft === null) return startAgain(turn);
  return await begin(turn, deps, { draft: { ...draft, kind: 'yes-no', times: 1, days: 1 }, promptTimes: [QUICK_TIME] });
};

export const onKind: PressHandler = (turn, [kind]) => {
  const draft = draftIn(turn.state);
  if (draft === null) return startAgain(turn);
  const words = wordsOf(turn);
  if (kind === 'at-least' || kind === 'at-most')
    return awaiting(change(words.askTarget), 'habits.target', { name: draft.name, kind });
  const perWeek = [5, 3, 2, 1].map((times) => press(words.perWeek({ times }), 'habits.often', String(times), '7'));
  const rows = [
    [press(words.everyDay, 'habits.often', '1', '1')],
    perWeek.slice(0, 2),
    perWeek.slice(2),
    [press(words.perMonth, 'habits.often', '1', '30')],
  ];
  const state = { awaiting: null, data: { name: draft.name, kind: 'yes-no' } };
  return { ...change(words.askFrequency, rows), state };
};

/** `8 стаканов`: how much, and of what. */
export const onTarget: Handler<TextEvent> = (turn) => {
  const draft = draftIn(turn.state);
  if (draft === null) return startAgain(turn);
  const words = wordsOf(turn);
  const { text } = turn.event;
  const target = amountWritten(text);
  if (target === null || (draft.kind === 'at-least' && target === 0)) return say(words.targetUnclear);
  const unit = text
    .replace(/^\s*\+?[\d.,]+\s*/, '')
    .trim()
    .slice(0, HABIT_LIMITS.unitChars);
  const rows = [
    [press(words.aDay, 'habits.often', '1', '1')],
    [press(words.aWeek, 'habits.often', '1', '7'), press(words.aMonth, 'habits.often', '1', '30')],
  ];
  const data = { name: draft.name, kind: draft.kind, target, unit: unit === '' ? null : unit };
  return { ...say(words.askFrequency, rows), state: { awaiting: null, data } };
};

export const onOften: PressHandler = (turn, [times = '1', days = '1']) => {
  const draft = draftIn(turn.state);
  if (draft === null) return startAgain(turn);
  const words = wordsOf(turn);
  const rows = [
    [press(words.morning, 'habits.ask', '09:00'), press(words.evening, 'habits.ask', '21:00')],
    [press(words.both, 'habits.ask', '09:00', '21:00'), press(words.never, 'habits.ask')],
  ];
  const data = { ...draft, times: Number(times), days: Number(days) };
  return awaiting(change(words.askPrompts, rows), 'habits.prompts', data);
};

export const onAsk: PressHandler = async (turn, promptTimes, deps) => {
  const draft = draftIn(turn.state);
  return draft === null ? startAgain(turn) : await begin(turn, deps, { draft, promptTimes });
};

export const onPromptsWritten: Handler<TextEvent> = async (turn, deps) => {
  const promptTimes = clockTimesIn(turn.event.text)?.slice(0, HABIT_LIMITS.prompts) ?? null;
  const draft = draftIn(turn.state);
  if (promptTimes === null) return say(wordsOf(turn).timesUnclear);
  return draft === null ? startAgain(turn) : await begin(turn, deps, { draft, promptTimes });
};

interface Told {
  readonly draft: HabitDraft;
  readonly promptTimes: readonly string[];
}

async function begin(turn: Turn, deps: DialogDeps, { draft, promptTimes }: Told): Promise<Reaction> {
  const { userId } = turn.talker;
  const own = await countHabits(deps.em(), userId);
  if (own >= HABIT_LIMITS.habits) return done(say(wordsOf(turn).tooMany));
  const id = derivedId(turn.updateId, 'habit');
  const settings = await readAgendaSettings(deps.em(), userId);
  const dayStart = settings?.dayStart ?? DEFAULT_DAY_START;
  await createHabit(deps.client, id, { ...definitionOf(draft, promptTimes, own), dayStart, userId });
  const page = await habitPage(turn, shortId(id), deps);
  return done({
    ...page,
    replies: [{ kind: 'say', html: wordsOf(turn).begun({ name: draft.name }) }, ...page.replies],
  });
}

function definitionOf(
  draft: HabitDraft,
  promptTimes: readonly string[],
  own: number,
): Omit<HabitDefinition, 'dayStart'> {
  const { name, kind, target, unit, times, days } = draft;
  const measured = kind !== 'yes-no';
  return {
    ...{ name, question: null, description: null, kind, promptTimes },
    goal: measured ? { times: 1, days, target: target ?? 1 } : { times: Math.min(times, days), days, target: null },
    unit: measured ? unit : null,
    pressAdds: measured ? pressOf(target ?? 1) : null,
    ...{ restDays: [], microGoal: null, weeklyPicture: false, colour: COLOURS[own % COLOURS.length] ?? 8 },
  };
}

/** Some ten presses to a day's target: 1 of 8 glasses, 1000 of 10000 steps, 0.5 of 5 km. */
function pressOf(target: number): number {
  if (target <= 0) return 1;
  const rough = target / 10;
  const power = 10 ** Math.floor(Math.log10(rough));
  const nice = [1, 2, 5, 10].map((step) => step * power).find((step) => step >= rough * 0.99) ?? power;
  return Math.max(0.001, Math.round(nice * 1000) / 1000);
}
