import { html, safe } from '../../domain/shared/html.ts';
import type { tasksRu } from './tasks-ru.ts';

export const tasksEn: typeof tasksRu = {
  title: ({ count }) => html`✅ <b>Tasks</b> · open: ${count}`,
  none: '✅ No open tasks. Write a new one, such as <i>report by Friday #work p1</i>',
  row: ({ place, title, when }) => html`${place}. ${title}${safe(when === '' ? '' : html` — <i>${when}</i>`)}`,
  add: '➕ Add',
  askTitle:
    'What is to be done? Date, tag and priority may come along: <i>report by Friday #work p1</i>, <i>every Monday water the plants</i>.',
  added: ({ title, when }) => html`Noted: <b>${title}</b>${safe(when === '' ? '' : html` — ${when}`)}`,
  unclearDate: 'I did not get the date, so the task has none for now. You can set one with “Edit”.',
  empty: 'I did not get what the task is. For example: <i>buy the cake tomorrow</i>.',
  tooLong: 'Too long: 500 characters at most.',
  done: 'Done! 🎉',
  again: ({ when }) => `Done! Next time: ${when}`,
  undo: '↩️ Undo',
  reopened: 'Back on the list',
  open: ({ title, when, tags }) =>
    [html`<b>${title}</b>`, when === '' ? '' : html`🗓 ${when}`, tags === '' ? '' : html`🏷 ${tags}`]
      .filter(Boolean)
      .join('\n'),
  markDone: '✓ Done',
  focus: '🍅 Focus',
  edit: '✏️ Edit',
  askEdit: 'Write the task anew — with date, tags and priority.',
  remove: '🗑 Delete',
  removed: 'Deleted',
  gone: 'This task is gone.',
  more: 'More →',
  back: '← Back',
  repeats: 'repeats',
  overdue: ({ date }) => `overdue since ${date}`,
};
