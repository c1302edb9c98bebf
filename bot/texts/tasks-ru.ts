import { html, safe } from '../../domain/shared/html.ts';

export const tasksRu = {
  title: ({ count }: { count: number }) => html`✅ <b>Задачи</b> · открытых: ${count}`,
  none: '✅ Открытых задач нет. Напишите новую, например: <i>отчёт к пятнице #работа p1</i>',
  row: ({ place, title, when }: { place: number; title: string; when: string }) =>
    html`${place}. ${title}${safe(when === '' ? '' : html` — <i>${when}</i>`)}`,
  add: '➕ Добавить',
  askTitle:
    'Что нужно сделать? Можно сразу с датой, меткой и важностью: <i>отчёт к пятнице #работа p1</i>, <i>каждый понедельник полить цветы</i>.',
  added: ({ title, when }: { title: string; when: string }) =>
    html`Записано: <b>${title}</b>${safe(when === '' ? '' : html` — ${when}`)}`,
  unclearDate: 'Дату понять не получилось, поэтому задача пока без срока. Её можно указать: «Изменить».',
  empty: 'Не получилось понять, что за задача. Например: <i>купить торт завтра</i>.',
  tooLong: 'Слишком длинно: до 500 знаков.',
  done: 'Сделано! 🎉',
  again: ({ when }: { when: string }) => `Сделано! Следующий раз: ${when}`,
  undo: '↩️ Вернуть',
  reopened: 'Вернули в список',
  open: ({ title, when, tags }: { title: string; when: string; tags: string }) =>
    [html`<b>${title}</b>`, when === '' ? '' : html`🗓 ${when}`, tags === '' ? '' : html`🏷 ${tags}`]
      .filter(Boolean)
      .join('\n'),
  markDone: '✓ Сделано',
  focus: '🍅 Фокус',
  edit: '✏️ Изменить',
  askEdit: 'Напишите задачу заново — с датой, метками и важностью.',
  remove: '🗑 Удалить',
  removed: 'Удалено',
  gone: 'Этой задачи больше нет.',
  more: 'Ещё →',
  back: '← Назад',
  repeats: 'повторяется',
  overdue: ({ date }: { date: string }) => `просрочено с ${date}`,
};
