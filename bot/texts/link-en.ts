import { html } from '../../domain/shared/html.ts';
import type { Texts } from './ru.ts';

export const linkEn: Texts['link'] = {
  how: `If you already have an account in the panel, the two can become one.

In the panel open Settings → Messengers and get a code. Then send it here: <code>/link ABCDEFGH</code>. The code lasts 10 minutes.`,
  notACode: 'A code is 8 Latin letters, for example <code>/link ABCDEFGH</code>. Please check it.',
  linked: ({ name }) => html`Done! Here you are <b>${name}</b> now, and everything you had in the bot came along.`,
  already: 'You are linked with this account already.',
  unknown: 'There is no such code: it is wrong, used up or too old. Get a new one in the panel.',
  personTaken: 'This messenger is linked with another account. Unlink it there first, then send the code again.',
  placeTaken:
    'Someone else from this messenger is linked with that account. Unlink them in the panel first, then send the code again.',
  tooMany: ({ minutes }) => html`Too many attempts. Wait ${minutes} min and try again.`,
};
