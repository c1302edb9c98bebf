import { html } from '../../domain/shared/html.ts';
import type { Texts } from './ru.ts';

export const operatorEn: Texts['operator'] = {
  stats: '<b>Statistics</b>',
  health: '<b>Health</b>',
  users: 'People',
  newUsers: 'New in 24 h',
  telegram: 'Telegram chats (closed)',
  max: 'MAX chats (closed)',
  reminders: 'Active reminders',
  told: 'Sent in 24 h',
  unknown: 'Outcome unknown',
  database: 'Database',
  temporal: 'Temporal',
  outbox: 'Waiting to be sent',
  outboxAge: 'The oldest waits for',
  inbox: 'Waiting to be handled',
  failed: 'Failed in 24 h',
  line: ({ name, value }) => html`${name}: <b>${value}</b>`,
  ms: ({ ms }) => `${ms} ms`,
  seconds: ({ seconds }) => `${seconds} s`,
  down: 'does not answer',
};
