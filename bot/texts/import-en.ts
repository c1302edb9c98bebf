import { html, safe } from '../../domain/shared/html.ts';
import type { Texts } from './ru.ts';

export const importEn: Texts['import'] = {
  notCalendar: 'The bot doesn’t read this kind of file. Send a calendar (.ics) and its events become reminders.',
  came: ({ count }) => html`📅 Reminders added from the calendar: <b>${count}</b>`,
  left: ({ count, lines }) => html`Left out: ${count}
${safe(lines)}`,
  line: ({ summary, reason }) => html`• ${summary} — ${reason}`,
  more: ({ count }) => html`… and ${count} more`,
  noName: 'no title',
  reasons: {
    over: 'it is over',
    cancelled: 'it is cancelled',
    zone: 'unknown time zone',
    rule: 'the bot can’t repeat it that way',
    unreadable: 'it could not be read',
  },
};
