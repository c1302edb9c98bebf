import { html, safe } from '../../domain/shared/html.ts';

export const remindRu = {
  ask: 'О чём и когда напомнить? Например: <i>завтра в 18:00 позвонить маме</i>',
  understood: ({ text, when, dates }: { text: string; when: string; dates: string }) =>
    html`Вот что получилось:

🔔 <b>${text}</b>
${when}

Ближайшее:
${safe(dates)}

Сохранить?`,
  date: ({ moment }: { moment: string }) => html`• ${moment}`,
  once: 'один раз',
  guessed: 'Время не указано, поэтому взяли 9:00.',
  save: 'Да, сохранить',
  edit: 'Изменить',
  askEdit: 'Напишите по-другому: целиком или только то, что поменять — время («в 9:30») либо текст.',
  notSaved: 'Хорошо, не сохраняем.',
  saved: ({ text, when, next }: { text: string; when: string; next: string }) =>
    html`✅ Сохранено

🔔 <b>${text}</b>
${when}
Ближайшее: ${next}`,
  open: 'Открыть',
  savedBefore: 'Уже сохранено',
  oldDraft: 'Это уже не тот вариант: ниже есть новый',
  questions: {
    when: ({ text, example }: { text: string; example: string }) =>
      html`«${text}» — когда напомнить? Например: <i>${example}</i>`,
    what: ({ example }: { example: string }) => html`Время понятно. А о чём напомнить? Например: <i>${example}</i>`,
    past: ({ example }: { example: string }) =>
      html`Это время уже прошло. Выберите другое, например: <i>${example}</i>`,
    'no-such-date': ({ example }: { example: string }) =>
      html`Такой даты в календаре нет. Попробуйте другую, например: <i>${example}</i>`,
    'no-such-time': ({ example }: { example: string }) =>
      html`Такого времени не бывает. Попробуйте другое, например: <i>${example}</i>`,
    'too-often': ({ example }: { example: string }) =>
      html`Так часто не получится: не больше 24 раз в день. Например: <i>${example}</i>`,
    unclear: ({ example }: { example: string }) =>
      html`Не получилось точно понять, когда. Напишите чуть иначе, например: <i>${example}</i>`,
  },
  noText: 'без текста',
  list: ({ count }: { count: number }) => html`<b>Напоминания</b> · ${count}`,
  none: 'Напоминаний пока нет. Просто напишите, о чём напомнить, например: <i>по будням в 8:30 размяться</i>',
  line: ({ number, text, when }: { number: number; text: string; when: string }) => html`${number}. ${text} — ${when}`,
  paused: 'на паузе',
  over: 'завершено',
  add: '➕ Новое',
  page: ({ text, when }: { text: string; when: string }) => html`🔔 <b>${text}</b>
${when}`,
  coming: ({ dates }: { dates: string }) => html`Ближайшее:
${safe(dates)}`,
  editText: '✏️ Текст',
  editTime: '🕘 Время',
  pause: '⏸ Пауза',
  resume: '▶️ Включить',
  skipNext: '⏭ Пропустить ближайшее',
  remove: '🗑 Удалить',
  toList: '‹ К списку',
  askText: 'Какой будет новый текст?',
  askTime: 'Когда напоминать? Например: <i>по вторникам в 19:00</i> или <i>завтра в 10</i>',
  askRemove: ({ text }: { text: string }) => html`Удалить «${text}»?`,
  removeYes: 'Да, удалить',
  removed: 'Удалено.',
  done: 'Отлично!',
  undone: 'Вернули',
  snoozed: ({ moment }: { moment: string }) => `Напомним ${moment}`,
  skipped: 'Пропустили',
  unchanged: 'Так уже и есть',
  askSnooze: 'Когда напомнить снова? Например: <i>через 40 минут</i> или <i>в пятницу в 10</i>',
  notMoment: 'Не получилось понять время. Попробуйте так: <i>через 40 минут</i> или <i>завтра в 10</i>',
  tooLong: ({ most }: { most: number }) => html`Слишком длинный текст: уложитесь, пожалуйста, в ${most} символов.`,
};
