import type { SqlEntityManager } from '@mikro-orm/sql';
import { readAgendaSettings, type AgendaSettingsRow } from '../../db/repositories/agenda-settings.ts';
import { readSettings } from '../../db/repositories/user-settings.ts';
import { clockWords } from '../../domain/agenda/moment-words.ts';
import { zoneName } from '../../domain/agenda/zones/find-zone.ts';
import type { Keyboard } from '../../domain/shared/keyboard.ts';
import type { DialogDeps, Reaction, Turn } from '../dialog/dialog.ts';
import { press } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';

/** Without the zero before, as clocks are written in messages. */
const short = (clock: string): string => clock.replace(/^0/, '');
const span = (from: string, to: string): string => `${short(from)}–${short(to)}`;

/** Everything that a person has set, with a button for each. */
export async function settingsPage(
  { talker, nowMs }: Turn,
  { em }: Pick<DialogDeps, 'em'>,
  tell: (html: string, keyboard?: Keyboard) => Reaction,
): Promise<Reaction> {
  const words = texts(talker.speaks).settings;
  const { zone } = talker;
  const values = await settingValues(em(), talker);
  const lines = [
    [words.language, words.languageName],
    [words.zone, words.zoneValue({ name: zoneName(zone, talker.speaks), clock: clockWords(nowMs, zone) })],
    ...values,
  ].map(([name = '', value = '']) => words.line({ name, value }));
  return tell([words.title, '', ...lines, '', words.ask].join('\n'), keyboardOf(talker.speaks));
}

async function settingValues(
  em: SqlEntityManager,
  { userId, speaks }: Turn['talker'],
): Promise<(readonly [name: string, value: string])[]> {
  const words = texts(speaks).settings;
  const { quietFrom, quietTo } = await readSettings(em, userId);
  const day = await readAgendaSettings(em, userId);
  const quiet = quietFrom === null || quietTo === null ? words.off : span(quietFrom, quietTo);
  return [[words.quiet, quiet], ...(day === null ? [] : dayValues(day))];

  function dayValues(set: AgendaSettingsRow): (readonly [name: string, value: string])[] {
    const orOff = (clock: string | null): string => (clock === null ? words.off : short(clock));
    const weekday = set.weeklyOn === null ? null : words.weekdays[set.weeklyOn - 1];
    return [
      [words.morning, orOff(set.morningAt)],
      [words.evening, orOff(set.eveningAt)],
      [words.weekly, weekday ?? words.off],
      [words.work, span(set.workFrom, set.workTo)],
      [words.dayStart, short(set.dayStart)],
    ];
  }
}

function keyboardOf(speaks: Turn['talker']['speaks']): Keyboard {
  const words = texts(speaks).settings;
  return [
    [press(words.language, 'settings.ask', 'language'), press(words.zone, 'zone.ask')],
    [press(words.quiet, 'settings.ask', 'quiet'), press(words.work, 'settings.ask', 'work')],
    [press(words.morning, 'settings.ask', 'morning'), press(words.evening, 'settings.ask', 'evening')],
    [press(words.weekly, 'settings.ask', 'weekly'), press(words.dayStart, 'settings.ask', 'dayStart')],
    [press(words.panelName, 'settings.ask', 'name'), press(words.unlink, 'settings.unlink')],
  ];
}
