import { commonRu } from './common-ru.ts';
import { refusalsRu } from './refusals-ru.ts';

/** Everything that the bot says, by area; the English must have the same. */
export const ru = {
  common: commonRu,
  refusals: refusalsRu,
};
export type Texts = typeof ru;
