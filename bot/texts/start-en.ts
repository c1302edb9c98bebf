import { html } from '../../domain/shared/html.ts';
import type { Texts } from './ru.ts';

export const startEn: Texts['start'] = {
  russian: 'Русский',
  english: 'English',
  askLanguage: 'Hello! Which language shall we use?',
  askZone: `To remind you on time, the bot needs to know what time it is where you are.

Send your city (“Leeds”) or your location. The time on your clock will do, too: “15:40”.`,
  sendPlace: '📍 Send location',
  zoneUnknown: 'Couldn’t find that place. Try the nearest big city, or send the time on your clock, like “15:40”.',
  chooseCity: 'Several places fit. Which one is closer?',
  city: ({ name, clock }) => `${name} · ${clock}`,
  confirmZone: ({ name, clock }) => html`${name}: your clock says <b>${clock}</b>. Is that right?`,
  zoneYes: 'Yes, that’s right',
  zoneNo: 'No, another city',
  tour: ({ name, clock }) =>
    html`All set! Your clock: ${name}, now <b>${clock}</b>.

Just write what to remind you of:
• <i>stretch on weekdays at 8:30</i>
• <i>call mum tomorrow at 6pm</i>
• <i>turn off the oven in an hour and a half</i>

The bot repeats what it understood and asks before saving. Everything else is in /help.`,
  hello: ({ name, clock }) =>
    html`Welcome back, ${name}! Your clock says ${clock}.

Write what to remind you of, or choose:`,
  linkBroken: 'This link doesn’t work: it is incomplete or too old. Ask for a new one.',
};
