import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Language } from '../../domain/accounts/language.ts';
import type { PomodoroPlan } from '../../domain/agenda/focus/pomodoro.ts';
import { isoTime } from './iso-time.ts';

/** How a person plans the day; times are `HH:MM` of the person's zone. */
export interface AgendaSettingsValues {
  readonly workFrom: string;
  readonly workTo: string;
  /** When the plan of the day and its review are sent; null = they are not. */
  readonly morningAt: string | null;
  readonly eveningAt: string | null;
  /** Day of the weekly digest, 1 = Monday; null = none. */
  readonly weeklyOn: number | null;
  /** The day before lasts until then. */
  readonly dayStart: string;
  readonly focusMinutes: number;
  readonly shortBreakMinutes: number;
  readonly longBreakMinutes: number;
  /** Focus phases before a long break. */
  readonly focusRounds: number;
}

/** The settings with what of the person's others the day needs. */
export interface AgendaSettingsRow extends AgendaSettingsValues {
  readonly userId: string;
  readonly language: Language;
  /** IANA time zone. */
  readonly zone: string;
  /** ISO 8601, UTC; null = the bot has not asked yet what it needs to know. */
  readonly onboardedAt: string | null;
}

const COLUMNS = {
  workFrom: 'work_from',
  workTo: 'work_to',
  morningAt: 'morning_at',
  eveningAt: 'evening_at',
  weeklyOn: 'weekly_on',
  dayStart: 'day_start',
  focusMinutes: 'focus_minutes',
  shortBreakMinutes: 'short_break_minutes',
  longBreakMinutes: 'long_break_minutes',
  focusRounds: 'focus_rounds',
} as const satisfies Record<keyof AgendaSettingsValues, string>;

const ROW = `select settings.user_id as "userId", language, zone, ${isoTime('onboarded_at')} as "onboardedAt",
  ${Object.entries(COLUMNS)
    .map(([name, column]) => `${column} as "${name}"`)
    .join(', ')}
  from user_settings as settings join agenda_settings as agenda on agenda.user_id = settings.user_id`;

/** Settings of the day; the defaults when nobody has set any. null = there is no such user. */
export async function readAgendaSettings(em: SqlEntityManager, userId: string): Promise<AgendaSettingsRow | null> {
  const found = await em.execute<AgendaSettingsRow[]>(`${ROW} where settings.user_id = ?`, [userId]);
  if (found[0] !== undefined) return found[0];
  await em.execute(
    `insert into agenda_settings (user_id) select id from app_user where id = ? on conflict do nothing`,
    [userId],
  );
  const [row] = await em.execute<AgendaSettingsRow[]>(`${ROW} where settings.user_id = ?`, [userId]);
  return row ?? null;
}

/** Settings to be set; what is absent stays. `onboarded` notes that the bot has asked. */
export type AgendaSettingsChange = {
  readonly [F in keyof AgendaSettingsValues]?: AgendaSettingsValues[F] | undefined;
} & { readonly onboarded?: true };

/** Sets what is given; the settings then. null = there is no such user. */
export async function changeAgendaSettings(
  em: SqlEntityManager,
  userId: string,
  { onboarded, ...change }: AgendaSettingsChange,
): Promise<AgendaSettingsRow | null> {
  await readAgendaSettings(em, userId);
  const given = new Map<string, unknown>(Object.entries(change));
  const entries = Object.entries(COLUMNS).filter(([name]) => given.get(name) !== undefined);
  const sets = entries.map(([, column]) => `${column} = ?`);
  if (onboarded === true) sets.push('onboarded_at = coalesce(onboarded_at, clock_timestamp())');
  if (sets.length > 0) {
    const values = entries.map(([name]) => given.get(name));
    await em.execute(`update agenda_settings set ${sets.join(', ')} where user_id = ?`, [...values, userId]);
  }
  return await readAgendaSettings(em, userId);
}

/** The person's usual Pomodoro. */
export const focusPlanOf = (settings: AgendaSettingsValues): PomodoroPlan => ({
  focusMinutes: settings.focusMinutes,
  shortBreakMinutes: settings.shortBreakMinutes,
  longBreakMinutes: settings.longBreakMinutes,
  rounds: settings.focusRounds,
});
