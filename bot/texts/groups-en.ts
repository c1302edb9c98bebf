import { html } from '../../domain/shared/html.ts';
import type { Texts } from './ru.ts';

export const groupsEn: Texts['groups'] = {
  none: 'No groups yet. Make one and bring in friends, colleagues or family: the bot reminds everyone of meetings and collects the answers.',
  list: ({ count }) => html`👥 <b>Groups</b> (${count})`,
  create: '➕ New group',
  exportAll: '📤 My calendar (.ics)',
  askName: 'What shall we call the group?',
  nameLength: 'A name has 1 to 100 characters. Please try again.',
  page: ({ name, description, role, members, next }) =>
    html`👥 <b>${name}</b>${description === '' ? '' : `\n${description}`}${'\n'}${role},
      ${members === 1 ? '1 member' : `${members} members`}${'\n\n'}${next}`,
  roles: { owner: 'You own it', manager: 'You manage it', member: 'You are a member' },
  nearest: 'Coming up:',
  noEvents: 'Nothing is planned yet.',
  event: ({ when, title }) => html`• ${when} — ${title}`,
  events: '📅 Events',
  plan: '➕ Event',
  invite: '✉️ Invite',
  notify: { sound: '🔔 With sound', quiet: '🔕 Silently', ignore: '🚫 Not at all' },
  notifySet: { sound: 'You’ll hear of events', quiet: 'You’ll be told silently', ignore: 'You won’t be told any more' },
  export: '📤 .ics file',
  exported: ({ name }) => html`The calendar of “${name}”. Open the file in your calendar app.`,
  exportedAll: 'All group events and reminders. Open the file in your calendar app.',
  leave: 'Leave the group',
  askLeave: ({ name }) => html`Really leave “${name}”? You won’t hear of its events any more.`,
  left: ({ name }) => html`Done, you have left “${name}”.`,
  groups: '‹ Groups',
  toGroup: '‹ Group',
  inviteShown: ({ name, command }) =>
    html`✉️ An invite to “${name}”. Forward this command to a friend, to be sent to this bot:${'\n\n'}<code
        >${command}</code
      >`,
  noInvite: ({ name }) => html`Nobody can join “${name}” right now. Make an invite?`,
  renew: '🔄 New invite',
  uninvite: 'Revoke',
  makeInvite: 'Make an invite',
  inviteGone: 'This invite is no longer valid. Ask whoever sent it for a new one.',
  invited: ({ name, description, members }) =>
    html`✉️ You are invited to <b>${name}</b>${description === '' ? '' : `\n${description}`}${'\n'}Members: ${members}`,
  join: '✅ Join',
  decline: 'Not now',
  declined: 'Fine. Should you change your mind, the invite will still be there.',
  joined: 'You’re in!',
  gone: 'It’s gone already',
  answered: 'Noted',
  sameAnswer: 'That’s what you said before',
  counts: ({ going, maybe, not }) => `✅ ${going} · 🤷 ${maybe} · ❌ ${not}`,
  over: 'This event is over.',
  askEvent: 'What and when? For example: “every Monday at 19:00 chess” or “dinner on December 5 at 6pm”.',
  understood: ({ title, dates }) =>
    html`Understood: <b>${title}</b>${'\n'}${dates}${'\n\n'}Tell the members an hour before and at the start?`,
  notUnderstood: 'I could not tell what or when. For example: “dinner on Friday at 7pm”.',
  save: '✅ That’s right',
  saved: 'The event is there.',
};
