import { html, safe } from '../../domain/shared/html.ts';
import type { Texts } from './ru.ts';

export const helpEn: Texts['help'] = {
  commands: {
    remind: 'New reminder',
    reminders: 'All reminders',
    today: 'Plan for today',
    tasks: 'Tasks',
    habits: 'Habits',
    focus: 'Pomodoro',
    goals: 'Goals and skills',
    people: 'People and occasions',
    groups: 'Groups and events',
    settings: 'Language, clock, quiet hours',
    link: 'Link with the panel',
    help: 'What the bot can do',
    cancel: 'Drop the question',
  },
  whole: ({ commands }) =>
    html`<b>What the bot can do</b>

Write in plain words; the bot says what it understood and asks:
• <i>stand-up every Monday at 9</i>
• <i>pay the internet bill on the 15th</i>
• <i>report on the last day of the month at 6pm</i>

You can also send an .ics file from a calendar: its events become reminders.

${safe(commands)}`,
  command: ({ name, says }) => html`/${name} — ${says}`,
};
