import { html, safe } from '../../domain/shared/html.ts';

export const importRu = {
  notCalendar: 'Такой файл бот не читает. Пришлите календарь в формате .ics — его события станут напоминаниями.',
  came: ({ count }: { count: number }) => html`📅 Из календаря добавлено напоминаний: <b>${count}</b>`,
  left: ({ count, lines }: { count: number; lines: string }) => html`Не подошли: ${count}
${safe(lines)}`,
  line: ({ summary, reason }: { summary: string; reason: string }) => html`• ${summary} — ${reason}`,
  more: ({ count }: { count: number }) => html`… и ещё ${count}`,
  noName: 'без названия',
  reasons: {
    over: 'уже прошло',
    cancelled: 'отменено',
    zone: 'неизвестный часовой пояс',
    rule: 'такое повторение бот не поддерживает',
    unreadable: 'не удалось прочитать',
  },
};
