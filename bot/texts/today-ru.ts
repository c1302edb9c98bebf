export const todayRu = {
  refresh: '🔄 Обновить',
  tasks: '✅ Задачи',
  habits: '🌱 Привычки',
  focus: '🍅 Фокус',
  done: 'Сделано!',
  tick: ({ title }: { title: string }) => `✓ ${title}`,
};
