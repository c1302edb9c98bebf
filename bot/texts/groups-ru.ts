import { html, type Html } from '../../domain/shared/html.ts';

export const groupsRu = {
  none: 'Групп пока нет. Создайте свою и позовите туда друзей, коллег или семью: бот напомнит всем о встречах и соберёт ответы.',
  list: ({ count }: { count: number }) => html`👥 <b>Группы</b> (${count})`,
  create: '➕ Новая группа',
  exportAll: '📤 Мой календарь (.ics)',
  askName: 'Как назовём группу?',
  nameLength: 'Название — от 1 до 100 знаков. Попробуйте ещё раз.',
  page: ({
    name,
    description,
    role,
    members,
    next,
  }: {
    name: string;
    description: string;
    role: string;
    members: number;
    next: Html;
  }) =>
    html`👥 <b>${name}</b>${description === '' ? '' : `\n${description}`}${'\n'}${role}, участников: ${members}${'\n\n'}${next}`,
  roles: { owner: 'Вы владелец', manager: 'Вы организатор', member: 'Вы участник' },
  nearest: 'Ближайшее:',
  noEvents: 'Событий впереди пока нет.',
  event: ({ when, title }: { when: string; title: string }) => html`• ${when} — ${title}`,
  events: '📅 События',
  plan: '➕ Событие',
  invite: '✉️ Пригласить',
  notify: { sound: '🔔 Со звуком', quiet: '🔕 Без звука', ignore: '🚫 Не сообщать' },
  notifySet: { sound: 'Сообщаем со звуком', quiet: 'Сообщаем без звука', ignore: 'Больше не сообщаем' },
  export: '📤 Файл .ics',
  exported: ({ name }: { name: string }) => html`Календарь «${name}». Откройте файл в своём календаре.`,
  exportedAll: 'Все события групп и напоминания. Откройте файл в своём календаре.',
  leave: 'Выйти из группы',
  askLeave: ({ name }: { name: string }) => html`Точно выйти из «${name}»? О её событиях бот больше не расскажет.`,
  left: ({ name }: { name: string }) => html`Готово, вы вышли из «${name}».`,
  groups: '‹ Группы',
  toGroup: '‹ Группа',
  inviteShown: ({ name, command }: { name: string; command: string }) =>
    html`✉️ Приглашение в «${name}». Перешлите другу эту команду, её нужно отправить этому боту:${'\n\n'}<code>${command}</code>`,
  noInvite: ({ name }: { name: string }) => html`В «${name}» сейчас никого не зовут. Сделать приглашение?`,
  renew: '🔄 Новое приглашение',
  uninvite: 'Отозвать',
  makeInvite: 'Сделать приглашение',
  inviteGone: 'Это приглашение уже не действует. Попросите новое у того, кто его прислал.',
  invited: ({ name, description, members }: { name: string; description: string; members: number }) =>
    html`✉️ Вас зовут в группу <b>${name}</b>${description === '' ? '' : `\n${description}`}${'\n'}Участников: ${members}`,
  join: '✅ Вступить',
  decline: 'Не сейчас',
  declined: 'Хорошо. Если передумаете, приглашение ещё пригодится.',
  joined: 'Вы в группе!',
  gone: 'Этого уже нет',
  answered: 'Ответ записан',
  sameAnswer: 'Так и записано',
  counts: ({ going, maybe, not }: { going: number; maybe: number; not: number }) =>
    `✅ ${going} · 🤷 ${maybe} · ❌ ${not}`,
  over: 'Это событие уже прошло.',
  askEvent: 'Что и когда? Например: «по понедельникам в 19 шахматы» или «5 декабря в 18:00 ужин».',
  understood: ({ title, dates }: { title: string; dates: string }) =>
    html`Понял так: <b>${title}</b>${'\n'}${dates}${'\n\n'}Напомнить участникам за час и в начале?`,
  notUnderstood: 'Не получилось понять, что или когда. Например: «в пятницу в 19:00 ужин».',
  save: '✅ Верно',
  saved: 'Событие добавлено.',
};
