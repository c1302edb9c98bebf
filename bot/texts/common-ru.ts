import { html } from '../../domain/shared/html.ts';

export const commonRu = {
  cancelled: 'Хорошо, отменили.',
  nothingToCancel: 'Отменять нечего: бот ничего не ждёт.',
  unknownCommand: ({ name }: { name: string }) =>
    html`Команды /${name} у бота нет. Вот с чего можно начать, а полный список — в /help.`,
  onlyText: 'Картинки, голос и стикеры бот пока не понимает. Напишите, пожалуйста, словами.',
  onlyTextHere: 'Здесь нужен ответ словами. Передумали? Тогда /cancel.',
  otherAwaited: 'Сейчас бот ждёт другого ответа: посмотрите сообщение выше. Передумали? Тогда /cancel.',
  oldButton: 'Эта кнопка уже не работает',
  whatNow: 'Кнопка из старого сообщения. Что делаем?',
  somethingBroke:
    'Что-то сломалось на нашей стороне, и это сообщение не удалось обработать. Попробуйте ещё раз чуть позже.',
  today: '☀️ Сегодня',
  remind: '⏰ Напомнить',
  help: '❓ Помощь',
  settings: '⚙️ Настройки',
  back: '‹ Назад',
  cancel: 'Отмена',
  yes: 'Да',
  no: 'Нет',
  previousPage: '‹',
  nextPage: '›',
  page: ({ page, pages }: { page: number; pages: number }) => `${page} из ${pages}`,
};
