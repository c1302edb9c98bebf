import { t } from '../lib/language.js';

/** What a gift is called; few have a title. */
export const giftName = ({ id, title }) => title ?? t('gifts.untitled', { id: id.slice(-6) });

/** Whether no copy is left. */
export const isGone = ({ isSoldOut, remaining }) => isSoldOut || remaining === 0;
