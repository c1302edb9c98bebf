/** What a rule's «no» means to a person, by the code of its DomainError. */
export const refusalsRu = {
  other: 'Так не получится. Попробуйте по-другому или загляните в /help.',
  byCode: new Map([
    ['time-invalid', 'Такой даты или такого времени не бывает. Проверьте, пожалуйста.'],
    ['zone-unknown', 'Такого часового пояса нет. Напишите ближайший большой город, например «Казань».'],
    ['file-too-large', 'Файл слишком большой: берём до 2 МБ.'],
    ['not-found', 'Этого уже нет: похоже, удалено.'],
  ]),
};
