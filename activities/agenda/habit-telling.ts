import type { SqlEntityManager } from '@mikro-orm/sql';
import { notePrompts, toldPrompts, type HandledPrompt } from '../../db/repositories/habit-prompts.ts';
import type { HabitRow } from '../../db/repositories/habits.ts';
import { keepMessageFile } from '../../db/repositories/message-files.ts';
import { tellPerson } from '../../db/repositories/tell-person.ts';
import { dateOfDay, dayNumber } from '../../domain/agenda/habits/day-number.ts';
import { promptNotice, raiseNotice, weekCaption, type ShownDay } from '../../domain/agenda/habits/habit-notice.ts';
import { dayStates, historyOf, statisticsOf, type Marks } from '../../domain/agenda/habits/habit-statistics.ts';
import { heatMapSvg } from '../../domain/agenda/habits/heat-map-svg.ts';
import { raiseToPropose } from '../../domain/agenda/habits/micro-goal.ts';
import type { PromptMoment } from '../../domain/agenda/habits/prompt-plan.ts';
import { LATE_MS } from '../../domain/agenda/misfire.ts';
import { isQuietFor } from '../../domain/agenda/quiet-hours.ts';
import { dateOf } from '../../domain/agenda/zoned-time.ts';
import type { MessengerName } from '../../domain/shared/messenger-name.ts';

/** A habit at a moment, with all that is known of its days. */
export interface HabitMoment {
  readonly habit: HabitRow;
  readonly marks: Marks;
  readonly nowMs: number;
}

const promptKey = ({ id }: HabitRow, { day, at }: Pick<PromptMoment, 'day' | 'at'>): string =>
  `habit:${id}:${day}:${at}`;

/** A day of the habit as a message shows it; figures are those of the day itself, or of today. */
export function shownDay({ habit, marks }: HabitMoment, day: string): ShownDay {
  const history = historyOf(habit, marks);
  const statistics = statisticsOf(history, dayNumber(day));
  return { habit, day, statistics, state: dayStates(history, dayNumber(day))(dayNumber(day)) };
}

const isSilent = ({ habit, nowMs }: HabitMoment): boolean => isQuietFor(habit, nowMs);

/** Asks; answers whose bot has something to send. */
export async function tellPrompt(
  em: SqlEntityManager,
  moment: HabitMoment,
  prompt: PromptMoment,
): Promise<MessengerName | null> {
  const { habit, nowMs } = moment;
  const late = nowMs - prompt.atMs > LATE_MS;
  const notice = promptNotice(shownDay(moment, prompt.day), habit.language, { late });
  const payload = { kind: 'text', silent: isSilent(moment), ...notice } as const;
  const told = await tellPerson(em, { userId: habit.userId, dedupeKey: promptKey(habit, prompt), payload });
  await notePrompts(em, habit.id, [handled(prompt, told === null ? 'unheard' : 'told')]);
  return told;
}

/** The heat map of the year, as the evening of a week has it. */
export async function tellPicture(
  em: SqlEntityManager,
  moment: HabitMoment,
  { prompt, renderPng }: { readonly prompt: PromptMoment; readonly renderPng: (svg: string) => Uint8Array },
): Promise<MessengerName | null> {
  const { habit, marks } = moment;
  const today = dayNumber(prompt.day);
  const statistics = statisticsOf(historyOf(habit, marks), today);
  const { language } = habit;
  const svg = heatMapSvg({ habit, marks, today, year: null }, { language, theme: 'light' });
  const contentHash = await keepMessageFile(em, renderPng(svg));
  const html = weekCaption(habit, statistics, language);
  const payload = { kind: 'picture', html, contentHash, silent: isSilent(moment) } as const;
  const told = await tellPerson(em, { userId: habit.userId, dedupeKey: promptKey(habit, prompt), payload });
  await notePrompts(em, habit.id, [handled(prompt, told === null ? 'unheard' : 'told')]);
  return told;
}

export const handled = ({ day, at }: PromptMoment, state: HandledPrompt['state']): HandledPrompt => ({
  day,
  at,
  state,
});

/** Has the messages that asked about a day show how it stands now. */
export async function editPrompts(
  em: SqlEntityManager,
  moment: HabitMoment,
  { day, version }: { readonly day: string; readonly version: number },
): Promise<(MessengerName | null)[]> {
  const { habit } = moment;
  const asked = await toldPrompts(em, habit.id, day);
  if (asked.length === 0) return [];
  const { html, keyboard } = promptNotice(shownDay(moment, day), habit.language);
  const payload = { kind: 'edit', html, ...(keyboard.length > 0 && { keyboard }) } as const;
  const told: (MessengerName | null)[] = [];
  for (const at of asked) {
    const edits = promptKey(habit, { day, at });
    told.push(await tellPerson(em, { userId: habit.userId, dedupeKey: `${edits}:v${version}`, payload, edits }));
  }
  return told;
}

/** Proposes the next step of a micro-goal when it is time; answers the day of the proposal, null = there was none. */
export async function proposeRaise(
  em: SqlEntityManager,
  { habit, marks, nowMs }: HabitMoment,
): Promise<{ readonly offeredOn: number; readonly told: MessengerName | null } | null> {
  const today = dayNumber(dateOf(nowMs, habit.zone, habit.dayStart));
  const { strength } = statisticsOf(historyOf(habit, marks), today);
  const next = raiseToPropose(habit, { strength, today, offeredOn: habit.raiseOfferedOn });
  if (next === null) return null;
  const notice = raiseNotice(habit, next, { strength, language: habit.language });
  const payload = { kind: 'text', silent: false, ...notice } as const;
  const dedupeKey = `habit:${habit.id}:raise:${dateOfDay(today)}`;
  return { offeredOn: today, told: await tellPerson(em, { userId: habit.userId, dedupeKey, payload }) };
}
