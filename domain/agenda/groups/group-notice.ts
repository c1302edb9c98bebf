import type { Language } from '../../accounts/language.ts';
import { html, safe } from '../../shared/html.ts';
import type { Keyboard } from '../../shared/keyboard.ts';
import { buttonData, shortId } from '../button-data.ts';
import { durationWords, momentWords, type Seen } from '../moment-words.ts';
import type { DueTelling } from '../reminder-rules.ts';
import { GROUP_ANSWERS, type GroupAnswer } from './group.ts';

interface Words {
  readonly lead: (span: string) => string;
  readonly now: string;
  readonly late: (span: string) => string;
  readonly answers: Readonly<Record<GroupAnswer, string>>;
  readonly summary: string;
  readonly nobody: string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  ru: {
    lead: (span) => `через ${span}`,
    now: 'начинается',
    late: (span) => `с опозданием на ${span}`,
    answers: { going: '✅ Буду', maybe: '🤷 Не знаю', not: '❌ Не смогу' },
    summary: 'Кто придёт',
    nobody: 'пока никто не ответил',
  },
  en: {
    lead: (span) => `in ${span}`,
    now: 'starting now',
    late: (span) => `${span} late`,
    answers: { going: '✅ Going', maybe: '🤷 Maybe', not: '❌ Can’t' },
    summary: 'Who is coming',
    nobody: 'no answers yet',
  },
};

/** An event as its members see it. */
export interface ToldEvent {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  readonly group: string;
}

/** What a member is told of an occurrence, HTML; times are those of the member's own clock. */
export function groupEventNotice(event: ToldEvent, telling: DueTelling, seen: Seen): string {
  const words = WORDS[seen.language];
  const { atMs, kind, late, momentMs } = telling;
  const when = momentWords(atMs, seen);
  const span = durationWords((atMs - seen.nowMs) / 60_000, seen.language);
  const notes = [
    kind === 'lead' ? `${when} (${words.lead(span)})` : `${when}, ${words.now}`,
    ...(late ? [`(${words.late(durationWords((seen.nowMs - momentMs) / 60_000, seen.language))})`] : []),
  ].join(' ');
  const head = html`📅 <b>${event.title}</b>${'\n'}${notes}${'\n'}<i>${event.group}</i>`;
  return event.description === null ? head : html`${safe(head)}${'\n\n'}${event.description}`;
}

/** Buttons for the answer, `groups.answer` with the event, the occurrence and the answer; the given one is marked. */
export function answerKeyboard(
  { eventId, key, language }: { readonly eventId: string; readonly key: string; readonly language: Language },
  given: GroupAnswer | null = null,
): Keyboard {
  return [
    GROUP_ANSWERS.map((answer) => ({
      kind: 'press' as const,
      text: answer === given ? `› ${WORDS[language].answers[answer]}` : WORDS[language].answers[answer],
      data: buttonData('groups.answer', shortId(eventId), key, answer),
    })),
  ];
}

/** More names than that are counted. */
const MAX_NAMES = 20;

/** Who answered what, for the organiser, HTML. */
export function summaryNotice(
  event: ToldEvent,
  answers: readonly { readonly name: string; readonly answer: GroupAnswer }[],
  { atMs, seen }: { readonly atMs: number; readonly seen: Seen },
): string {
  const words = WORDS[seen.language];
  const lines = GROUP_ANSWERS.flatMap((kind) => {
    const names = answers.filter(({ answer }) => answer === kind).map(({ name }) => name);
    if (names.length === 0) return [];
    const shown = names.slice(0, MAX_NAMES).join(', ');
    const more = names.length > MAX_NAMES ? ` +${names.length - MAX_NAMES}` : '';
    return [`${words.answers[kind]} — ${names.length}: ${shown}${more}`];
  });
  const body = lines.length > 0 ? lines.join('\n') : words.nobody;
  return html`👥 <b>${words.summary}: ${event.title}</b>${'\n'}${momentWords(atMs, seen)}${'\n\n'}${body}`;
}

/** An event as a card, HTML: what, when, whose. */
export function eventCard(event: ToldEvent, atMs: number, seen: Seen): string {
  const head = html`📅 <b>${event.title}</b>${'\n'}${momentWords(atMs, seen)}${'\n'}<i>${event.group}</i>`;
  return event.description === null ? head : html`${safe(head)}${'\n\n'}${event.description}`;
}
