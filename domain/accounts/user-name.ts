const NAME = /^\p{L}[\p{L}\p{M}\p{N}_.-]{2,63}$/u;

/** What a user name must be, in words. */
export const USER_NAME_RULE = 'must be 3 to 64 letters, digits, «_», «.» or «-», and begin with a letter';

/** True for names that a user may have: 3 to 64 characters, a letter first. */
export const isUserName = (name: string): boolean => NAME.test(name.normalize('NFKC'));

/** How names are compared: two names with the same key are one. */
export const userNameKey = (name: string): string => name.normalize('NFKC').toLowerCase();
