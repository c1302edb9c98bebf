import { defineEntity, p } from '@mikro-orm/core';
import { AppUser } from './app-user.ts';

const AgendaSettingsSchema = defineEntity({
  name: 'AgendaSettings',
  tableName: 'agenda_settings',
  properties: {
    user: () => p.oneToOne(AppUser).primary().deleteRule('cascade'),
    /** When the bot had asked what it needs to know; null = not yet. */
    onboardedAt: p.datetime().nullable(),
    /** `HH:MM` on the user's wall. */
    workFrom: p.text().default('09:00'),
    workTo: p.text().default('18:00'),
    /** When the day's plan and its review are sent; null = they are not. */
    morningAt: p.text().nullable().default('08:30'),
    eveningAt: p.text().nullable().default('21:00'),
    /** Day of the weekly digest, 1 = Monday; null = none. */
    weeklyOn: p.integer().nullable().default(7),
    /** The day before lasts until then. */
    dayStart: p.text().default('04:00'),
    focusMinutes: p.integer().default(25),
    shortBreakMinutes: p.integer().default(5),
    longBreakMinutes: p.integer().default(15),
    /** Focus phases before a long break. */
    focusRounds: p.integer().default(4),
  },
});
/** How a person plans the day; absent = with the defaults. */
export class AgendaSettings extends AgendaSettingsSchema.class {}
AgendaSettingsSchema.setClass(AgendaSettings);
