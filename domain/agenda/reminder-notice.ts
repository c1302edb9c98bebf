import type { Language } from '../accounts/language.ts';
import { html, safe } from '../shared/html.ts';
import type { Keyboard } from '../shared/keyboard.ts';
import { buttonData, shortId } from './button-data.ts';
import { clockWords, durationWords, momentWords, type Seen } from './moment-words.ts';
import type { DueTelling } from './reminder-rules.ts';
import { SNOOZES, type Snooze } from './snooze.ts';

interface Words {
  readonly late: (span: string) => string;
  readonly lead: (span: string) => string;
  readonly at: (clock: string) => string;
  readonly again: string;
  readonly done: string;
  readonly doneAt: (clock: string) => string;
  readonly putOff: (moment: string) => string;
  readonly skipped: string;
  readonly missed: string;
  readonly otherTime: string;
  readonly snooze: Readonly<Record<Snooze, string>>;
}

const WORDS: Readonly<Record<Language, Words>> = {
  ru: {
    late: (span) => `с опозданием на ${span}`,
    lead: (span) => `через ${span}`,
    at: (clock) => `в ${clock}`,
    again: 'ещё раз',
    done: '✓ сделано',
    doneAt: (clock) => `✓ сделано ${clock}`,
    putOff: (moment) => `отложено: ${moment}`,
    skipped: 'пропущено',
    missed: 'Не удалось напомнить вовремя:',
    otherTime: 'другое время…',
    snooze: { 10: '10 мин', 60: '1 ч', 180: '3 ч', tomorrow: 'завтра', week: 'через неделю' },
  },
  en: {
    late: (span) => `${span} late`,
    lead: (span) => `in ${span}`,
    at: (clock) => `at ${clock}`,
    again: 'once more',
    done: '✓ done',
    doneAt: (clock) => `✓ done ${clock}`,
    putOff: (moment) => `snoozed: ${moment}`,
    skipped: 'skipped',
    missed: 'Could not remind in time:',
    otherTime: 'another time…',
    snooze: { 10: '10 min', 60: '1 h', 180: '3 h', tomorrow: 'tomorrow', week: 'next week' },
  },
};

/** The message of a reminder, HTML: a lead says how long it is until then, a late one how late it is. */
export function reminderNotice(text: string, telling: DueTelling, { zone, nowMs, language }: Seen): string {
  const words = WORDS[language];
  const { kind, late, atMs, momentMs, nagNumber } = telling;
  const notes = [
    ...(kind === 'lead'
      ? [`${words.lead(durationWords((atMs - nowMs) / 60_000, language))}, ${words.at(clockWords(atMs, zone))}`]
      : []),
    ...(nagNumber > 0 ? [words.again] : []),
    ...(late ? [`(${words.late(durationWords((nowMs - momentMs) / 60_000, language))})`] : []),
  ];
  return titled('🔔', text, notes.join(' '));
}

/** The same message once it is done; `doneAtMs` is when. */
export const doneNotice = (text: string, doneAtMs: number, { zone, language }: Seen): string =>
  titled('', text, WORDS[language].doneAt(clockWords(doneAtMs, zone)));

/** The same message once it is put off. */
export const snoozedNotice = (text: string, untilMs: number, seen: Seen): string =>
  titled('💤', text, WORDS[seen.language].putOff(momentWords(untilMs, seen)));

/** The same message once it is skipped. */
export const skippedNotice = (text: string, { language }: Seen): string => titled('', text, WORDS[language].skipped);

/** The same message after «not done»: as it was at first. */
export const openNotice = (text: string): string => titled('🔔', text, '');

/** What could not be told in time, for a digest, HTML; empty when there is nothing. */
export function missedNotice(missed: readonly { readonly text: string; readonly dueMs: number }[], seen: Seen): string {
  if (missed.length === 0) return '';
  const lines = missed.map(({ text, dueMs }) => html`• ${text} — ${momentWords(dueMs, seen)}`);
  return [WORDS[seen.language].missed, ...lines].join('\n');
}

function titled(sign: string, text: string, note: string): string {
  const title = html`${sign === '' ? '' : `${sign} `}<b>${text}</b>`;
  return note === '' ? title : html`${safe(title)}${'\n'}${note}`;
}

/** Names one occurrence in its buttons. */
export interface ButtonsOf {
  readonly reminderId: string;
  /** Occurrence key. */
  readonly key: string;
  readonly language: Language;
}

/**
 * Buttons under a reminder: `reminder.done`, `reminder.snooze` with one of `SNOOZES` or `other`; each with the short id of the
 * reminder and the occurrence's key.
 */
export function reminderKeyboard(of: ButtonsOf): Keyboard {
  const words = WORDS[of.language];
  const snoozes = [
    ...SNOOZES.map((snooze) => [words.snooze[snooze], snooze] as const),
    [words.otherTime, 'other'] as const,
  ];
  const buttons = snoozes.map(([text, snooze]) => press(of, { text, action: 'reminder.snooze', arg: snooze }));
  return [[press(of, { text: words.done, action: 'reminder.done' })], buttons.slice(0, 3), buttons.slice(3)];
}

/** Buttons under one that is put off: it can still be done. */
export const snoozedKeyboard = (of: ButtonsOf): Keyboard => [
  [press(of, { text: WORDS[of.language].done, action: 'reminder.done' })],
];

interface Press {
  readonly text: string;
  readonly action: string;
  readonly arg?: string;
}

const press = ({ reminderId, key }: ButtonsOf, { text, action, arg }: Press) => ({
  ...{ kind: 'press' as const, text },
  data: buttonData(action, shortId(reminderId), key, ...(arg === undefined ? [] : [arg])),
});
