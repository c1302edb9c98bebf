import { html } from '../../domain/shared/html.ts';

export const operatorRu = {
  stats: '<b>Статистика</b>',
  health: '<b>Состояние</b>',
  users: 'Люди',
  newUsers: 'Новые за сутки',
  telegram: 'Чаты Telegram (закрытые)',
  max: 'Чаты MAX (закрытые)',
  reminders: 'Активные напоминания',
  told: 'Отправлено за сутки',
  unknown: 'С неясным исходом',
  database: 'База данных',
  temporal: 'Temporal',
  outbox: 'Ждут отправки',
  outboxAge: 'Самое старое ждёт',
  inbox: 'Ждут обработки',
  failed: 'Не обработано за сутки',
  line: ({ name, value }: { name: string; value: string }) => html`${name}: <b>${value}</b>`,
  ms: ({ ms }: { ms: number }) => `${ms} мс`,
  seconds: ({ seconds }: { seconds: number }) => `${seconds} с`,
  down: 'не отвечает',
};
