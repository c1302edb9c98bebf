import type { Texts } from './ru.ts';

export const refusalsEn: Texts['refusals'] = {
  other: 'That won’t work. Try another way, or have a look at /help.',
  byCode: new Map([
    ['time-invalid', 'There is no such date or time. Please check it.'],
    ['zone-unknown', 'There is no such time zone. Send the nearest big city, for example “Leeds”.'],
    ['file-too-large', 'The file is too large: up to 2 MB is fine.'],
    ['not-found', 'It is gone: it seems to have been deleted.'],
  ]),
};
