import { html, safe } from '../../domain/shared/html.ts';
import type { Texts } from './ru.ts';

export const remindEn: Texts['remind'] = {
  ask: 'What shall I remind you of, and when? For example: <i>call mum tomorrow at 6pm</i>',
  understood: ({ text, when, dates }) =>
    html`Here is what I’ve got:

🔔 <b>${text}</b>
${when}

Coming up:
${safe(dates)}

Save it?`,
  date: ({ moment }) => html`• ${moment}`,
  once: 'once',
  guessed: 'No time was given, so it’s 9:00.',
  save: 'Yes, save',
  edit: 'Change',
  askEdit: 'Put it another way: the whole of it, or just what to change — the time (“at 9:30”) or the text.',
  notSaved: 'All right, not saved.',
  saved: ({ text, when, next }) => html`✅ Saved

🔔 <b>${text}</b>
${when}
Next: ${next}`,
  open: 'Open',
  savedBefore: 'Saved already',
  oldDraft: 'That one is outdated: there is a newer one below',
  questions: {
    when: ({ text, example }) => html`“${text}” — when should I remind you? For example: <i>${example}</i>`,
    what: ({ example }) => html`The time is clear. And what is it about? For example: <i>${example}</i>`,
    past: ({ example }) => html`That time has passed. Pick another, for example: <i>${example}</i>`,
    'no-such-date': ({ example }) => html`There is no such date. Try another, for example: <i>${example}</i>`,
    'no-such-time': ({ example }) => html`There is no such time. Try another, for example: <i>${example}</i>`,
    'too-often': ({ example }) => html`That’s too often: 24 times a day is the most. For example: <i>${example}</i>`,
    unclear: ({ example }) =>
      html`I’m not sure when that is. Put it a little differently, for example: <i>${example}</i>`,
  },
  noText: 'no text',
  list: ({ count }) => html`<b>Reminders</b> · ${count}`,
  none: 'No reminders yet. Just write what to remind you of, for example: <i>stretch on weekdays at 8:30</i>',
  line: ({ number, text, when }) => html`${number}. ${text} — ${when}`,
  paused: 'paused',
  over: 'over',
  add: '➕ New',
  page: ({ text, when }) => html`🔔 <b>${text}</b>
${when}`,
  coming: ({ dates }) => html`Coming up:
${safe(dates)}`,
  editText: '✏️ Text',
  editTime: '🕘 Time',
  pause: '⏸ Pause',
  resume: '▶️ Resume',
  skipNext: '⏭ Skip the next one',
  remove: '🗑 Delete',
  toList: '‹ All reminders',
  askText: 'What should it say?',
  askTime: 'When should it come? For example: <i>Tuesdays at 7pm</i> or <i>tomorrow at 10</i>',
  askRemove: ({ text }) => html`Delete “${text}”?`,
  removeYes: 'Yes, delete',
  removed: 'Deleted.',
  done: 'Well done!',
  undone: 'Taken back',
  snoozed: ({ moment }) => `Coming again ${moment}`,
  skipped: 'Skipped',
  unchanged: 'It is so already',
  askSnooze: 'When should it come again? For example: <i>in 40 minutes</i> or <i>on Friday at 10</i>',
  notMoment: 'Couldn’t make out the time. Try <i>in 40 minutes</i> or <i>tomorrow at 10</i>',
  tooLong: ({ most }) => html`That text is too long: please keep it within ${most} characters.`,
};
