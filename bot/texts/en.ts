import { commonEn } from './common-en.ts';
import { refusalsEn } from './refusals-en.ts';
import type { Texts } from './ru.ts';

export const en: Texts = {
  common: commonEn,
  refusals: refusalsEn,
};
