import { html, type Html } from '../../domain/shared/html.ts';

export const focusRu = {
  idle: ({ focus, rest }: { focus: number; rest: number }) =>
    html`🍅 <b>Фокус</b>\n\nПоработать ${focus} минут, отдохнуть ${rest} — и так по кругу. Начнём?`,
  start: '▶️ Начать',
  withTask: '📌 Над задачей…',
  statistics: '📊 Статистика',
  pick: 'Над чем поработаем?',
  noTasks: 'Открытых задач нет. Можно начать и просто так.',
  old: 'Это кнопка от прошлого этапа.',
  running: 'Сессия уже идёт.',
  week: ({ days, tasks }: { days: Html; tasks: Html }) => html`📊 <b>Фокус за 7 дней</b>\n\n${days}\n\n${tasks}`,
  day: ({ day, time, rounds }: { day: string; time: string; rounds: number }) => html`${day}: ${time} (🍅 ${rounds})`,
  byTask: 'По задачам:',
  task: ({ title, time }: { title: string; time: string }) => html`• ${title}: ${time}`,
  noTask: 'без задачи',
  nothing: 'За неделю фокуса ещё не было. Самое время начать!',
};
