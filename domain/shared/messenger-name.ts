/** Messengers in which the program has a bot of its own. */
export const MESSENGERS = ['telegram', 'max'] as const;
export type MessengerName = (typeof MESSENGERS)[number];
