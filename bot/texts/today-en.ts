import type { todayRu } from './today-ru.ts';

export const todayEn: typeof todayRu = {
  refresh: '🔄 Refresh',
  tasks: '✅ Tasks',
  habits: '🌱 Habits',
  focus: '🍅 Focus',
  done: 'Done!',
  tick: ({ title }) => `✓ ${title}`,
};
