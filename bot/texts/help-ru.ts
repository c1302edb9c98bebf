import { html, safe } from '../../domain/shared/html.ts';

export const helpRu = {
  /** What each command does, as the messenger's menu shows it. */
  commands: {
    remind: 'Новое напоминание',
    reminders: 'Все напоминания',
    today: 'План на сегодня',
    tasks: 'Задачи',
    habits: 'Привычки',
    focus: 'Помодоро',
    goals: 'Цели и навыки',
    people: 'Люди и праздники',
    groups: 'Группы и события',
    settings: 'Язык, часы, тихое время',
    link: 'Связать с панелью',
    help: 'Что умеет бот',
    cancel: 'Отменить вопрос',
  },
  whole: ({ commands }: { commands: string }) =>
    html`<b>Что умеет бот</b>

Напишите обычными словами — бот поймёт и переспросит:
• <i>каждый понедельник в 9 планёрка</i>
• <i>15-го числа оплатить интернет</i>
• <i>в последний день месяца в 18:00 отчёт</i>

Файл .ics из календаря тоже можно прислать: события станут напоминаниями.

${safe(commands)}`,
  command: ({ name, says }: { name: string; says: string }) => html`/${name} — ${says}`,
};
