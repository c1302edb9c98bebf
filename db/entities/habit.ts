import { defineEntity, p } from '@mikro-orm/core';
import type { HabitPause, MicroGoal } from '../../domain/agenda/habits/habit.ts';
import type { DatedGoal, HabitKind } from '../../domain/agenda/habits/habit-history.ts';
import { AppUser } from './app-user.ts';

const HabitSchema = defineEntity({
  name: 'Habit',
  tableName: 'habit',
  indexes: [{ properties: ['user', 'position'] }],
  properties: {
    id: p.uuid().primary(),
    user: () => p.manyToOne(AppUser).deleteRule('cascade'),
    name: p.text(),
    question: p.text().nullable(),
    description: p.text().nullable(),
    kind: p.text().$type<HabitKind>(),
    /** Oldest first; `since` in days since 1970-01-01. */
    goals: p.json<readonly DatedGoal[]>(),
    unit: p.text().nullable(),
    /** Units that one press adds. */
    pressAdds: p.double().nullable(),
    /** `HH:MM` in the user's zone, as is `dayStart`. */
    promptTimes: p.json<readonly string[]>(),
    dayStart: p.text(),
    /** 1 = Monday … 7 = Sunday. */
    restDays: p.json<readonly number[]>(),
    pauses: p.json<readonly HabitPause[]>().defaultRaw("'[]'"),
    microGoal: p.json<MicroGoal>().nullable(),
    weeklyPicture: p.boolean(),
    colour: p.integer(),
    position: p.integer(),
    archived: p.boolean().default(false),
    /** Day on which the next step of the micro-goal was proposed last. */
    raiseOfferedOn: p.date().nullable(),
    /** Prompts up to here are done with. */
    handledTo: p.datetime(),
    /** Grows with each change. */
    version: p.bigint('number').defaultRaw('0'),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
/** What a person wants to do again and again; its workflow `habit:<id>` knows when to ask. */
export class HabitEntity extends HabitSchema.class {}
HabitSchema.setClass(HabitEntity);

const HabitEntrySchema = defineEntity({
  name: 'HabitEntry',
  tableName: 'habit_entry',
  checks: [{ name: 'habit_entry_amount', expression: `(state = 'amount') = (amount is not null)` }],
  properties: {
    habit: () => p.manyToOne(HabitEntity).primary().deleteRule('cascade'),
    /** The habit's own day. */
    day: p.date().primary(),
    state: p.text().$type<'done' | 'no' | 'skip' | 'amount'>(),
    amount: p.double().nullable(),
    note: p.text().nullable(),
    updatedAt: p.datetime().defaultRaw('clock_timestamp()'),
  },
});
/** What is known of one day of a habit. */
export class HabitEntry extends HabitEntrySchema.class {}
HabitEntrySchema.setClass(HabitEntry);

const HabitPromptSchema = defineEntity({
  name: 'HabitPrompt',
  tableName: 'habit_prompt',
  properties: {
    habit: () => p.manyToOne(HabitEntity).primary().deleteRule('cascade'),
    day: p.date().primary(),
    /** `HH:MM`, or `picture`. */
    at: p.text().primary(),
    /** `unheard`: there was nobody to tell. */
    state: p.text().$type<'told' | 'missed' | 'unheard'>(),
    handledAt: p.datetime().defaultRaw('clock_timestamp()'),
  },
});
/** What became of one time at which a habit was to ask. */
export class HabitPrompt extends HabitPromptSchema.class {}
HabitPromptSchema.setClass(HabitPrompt);
