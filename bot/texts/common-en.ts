import { html } from '../../domain/shared/html.ts';
import type { Texts } from './ru.ts';

export const commonEn: Texts['common'] = {
  cancelled: 'All right, cancelled.',
  nothingToCancel: 'Nothing to cancel: the bot isn’t waiting for anything.',
  unknownCommand: ({ name }) =>
    html`There is no /${name} command. Here is a good place to start; the full list is in /help.`,
  onlyText: 'The bot can’t read pictures, voice messages or stickers yet. Please put it into words.',
  onlyTextHere: 'An answer in words is needed here. Changed your mind? Send /cancel.',
  otherAwaited: 'The bot is waiting for a different answer: see the message above. Changed your mind? Send /cancel.',
  oldButton: 'This button no longer works',
  whatNow: 'That button is from an old message. What shall we do?',
  somethingBroke: 'Something broke on our side, so this message could not be handled. Please try again a little later.',
  today: '☀️ Today',
  remind: '⏰ Remind me',
  help: '❓ Help',
  settings: '⚙️ Settings',
  back: '‹ Back',
  cancel: 'Cancel',
  yes: 'Yes',
  no: 'No',
  previousPage: '‹',
  nextPage: '›',
  page: ({ page, pages }) => `${page} of ${pages}`,
};
