import { planDigests } from '../../client/digests.ts';
import { changeZone } from '../../client/zone.ts';
import { changeAgendaSettings, type AgendaSettingsChange } from '../../db/repositories/agenda-settings.ts';
import { changeSettings, type SettingsChange } from '../../db/repositories/user-settings.ts';
import { readClock, readSpan } from '../../domain/agenda/clock-text.ts';
import { derivedId } from '../dialog/derived-id.ts';
import type { DialogDeps, Turn } from '../dialog/dialog.ts';

/** What is asked for as a time, as a span of time, and what can be switched off. */
export type SettingField = 'quiet' | 'work' | 'morning' | 'evening' | 'weekly' | 'dayStart';
const FIELDS: readonly SettingField[] = ['quiet', 'work', 'morning', 'evening', 'weekly', 'dayStart'];
export const settingField = (name: unknown): SettingField | null => FIELDS.find((field) => field === name) ?? null;
export const canBeOff = (field: SettingField): boolean => field !== 'work' && field !== 'dayStart';
export const isSpan = (field: SettingField): boolean => field === 'quiet' || field === 'work';

const CLOCKS = { morning: 'morningAt', evening: 'eveningAt', dayStart: 'dayStart' } as const;

/** What is to be set: of the person, or of how he plans the day. */
export interface SettingsEdit {
  readonly person?: SettingsChange;
  readonly day?: AgendaSettingsChange;
}

/** What a typed answer sets; null = it is none. */
export function editOf(field: SettingField, typed: string): SettingsEdit | null {
  const [span, clock] = [isSpan(field) ? readSpan(typed) : null, readClock(typed)];
  if (field === 'quiet') return span === null ? null : { person: { quietFrom: span.from, quietTo: span.to } };
  if (field === 'work') return span === null ? null : { day: { workFrom: span.from, workTo: span.to } };
  if (clock === null || field === 'weekly') return null;
  return { day: { [CLOCKS[field]]: clock } };
}

/** What «off» sets. */
export function offEdit(field: SettingField): SettingsEdit | null {
  switch (field) {
    case 'quiet':
      return { person: { quietFrom: null, quietTo: null } };
    case 'morning':
      return { day: { morningAt: null } };
    case 'evening':
      return { day: { eveningAt: null } };
    case 'weekly':
      return { day: { weeklyOn: null } };
    case 'work':
    case 'dayStart':
      return null;
  }
}

/** Sets it, and has planned anew what goes by it; the same again changes nothing. */
export async function applyEdit(
  { talker, updateId }: Turn,
  { em, client }: DialogDeps,
  edit: SettingsEdit,
): Promise<void> {
  const { userId, zone } = talker;
  if (edit.person !== undefined)
    await changeSettings(em(), { userId, ip: null }, { change: edit.person, check: () => undefined });
  if (edit.day !== undefined) await changeAgendaSettings(em(), userId, edit.day);
  await planDigests(client, userId, derivedId(updateId, 'digests'));
  // Quiet hours and the day's start move what follows them, as another zone would.
  if (edit.person !== undefined || edit.day?.dayStart !== undefined) await changeZone(client, { userId, zone });
}
