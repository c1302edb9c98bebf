import { isAsked, understand } from '../../domain/agenda/language/understand.ts';
import { momentWords, type Seen } from '../../domain/agenda/moment-words.ts';
import { nextOccurrences, type Recurrence } from '../../domain/agenda/recurrence.ts';
import { checkRecurrence } from '../../domain/agenda/rule-check.ts';
import { wallTimeOf } from '../../domain/agenda/zoned-time.ts';
import { readSettings } from '../../db/repositories/user-settings.ts';
import type { ApiDeps } from '../deps.ts';
import type { Route } from '../route.ts';
import { PhraseIn, PreviewIn, PreviewOut, UnderstoodOut } from '../schemas/reminder-previews.ts';
import { userRoute } from '../user-route.ts';

const tag = 'Reminders';
const PREVIEWED = 3;

/** What would come of a series or of a phrase; nothing is stored. */
export const reminderPreviewRoutes = ({ em }: ApiDeps): Route[] => [
  userRoute({
    method: 'post',
    path: '/api/reminders/preview',
    operationId: 'previewReminder',
    tag,
    summary: 'When a series would come: the next three times',
    status: 200,
    scope: 'read',
    idempotent: false,
    body: PreviewIn,
    output: PreviewOut,
    async handle({ body }, { user }) {
      const { zone: userZone, language } = await readSettings(em(), user.id);
      const zone = body.zone ?? userZone;
      checkRecurrence(body, zone);
      return { body: { zone, next: comingOf(body, { zone, language, nowMs: Date.now() }) } };
    },
  }),
  userRoute({
    method: 'post',
    path: '/api/reminders/understand',
    operationId: 'understandReminder',
    tag,
    summary: 'What a phrase in Russian or English asks for, or what has to be asked first',
    status: 200,
    scope: 'read',
    idempotent: false,
    body: PhraseIn,
    output: UnderstoodOut,
    async handle({ body: { phrase } }, { user }) {
      const { zone, language } = await readSettings(em(), user.id);
      const seen = { zone, language, nowMs: Date.now() };
      const answer = understand(phrase, seen);
      if (isAsked(answer)) {
        const { question, example, understood } = answer;
        return { body: { ...{ question, example, ...understood, zone }, timeIsGuessed: false, next: [] } };
      }
      const { text, start, rule, timeIsGuessed } = answer;
      const next = comingOf({ start, rule }, seen);
      return { body: { ...{ question: null, example: null, text, start, rule, zone }, timeIsGuessed, next } };
    },
  }),
];

function comingOf(recurrence: Recurrence, seen: Seen) {
  const next = nextOccurrences(recurrence, seen.zone, { afterMs: seen.nowMs, count: PREVIEWED });
  return next.map(({ key, atMs }) => ({
    ...{ key, wall: wallTimeOf(atMs, seen.zone), at: new Date(atMs).toISOString() },
    words: momentWords(atMs, seen),
  }));
}
