import { html } from '../../domain/shared/html.ts';
import type { focusRu } from './focus-ru.ts';

export const focusEn: typeof focusRu = {
  idle: ({ focus, rest }) =>
    html`🍅 <b>Focus</b>\n\nWork for ${focus} minutes, rest for ${rest}, and round again. Shall we?`,
  start: '▶️ Start',
  withTask: '📌 On a task…',
  statistics: '📊 Statistics',
  pick: 'What shall we work on?',
  noTasks: 'There are no open tasks. You can start without one, too.',
  old: 'That button belongs to an earlier part.',
  running: 'A session is running already.',
  week: ({ days, tasks }) => html`📊 <b>Focus in 7 days</b>\n\n${days}\n\n${tasks}`,
  day: ({ day, time, rounds }) => html`${day}: ${time} (🍅 ${rounds})`,
  byTask: 'By task:',
  task: ({ title, time }) => html`• ${title}: ${time}`,
  noTask: 'without a task',
  nothing: 'No focus in the last week yet. A good time to start!',
};
