/** Letters that nobody takes for others, spoken or written. */
export const LINK_CODE_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
export const LINK_CODE_LENGTH = 8;
const CODE = new RegExp(`^[${LINK_CODE_LETTERS}]{${LINK_CODE_LENGTH}}$`);

/** The code that a person typed, in whatever case and with whatever between its letters; null = this is none. */
export function readLinkCode(typed: string): string | null {
  const letters = typed.toUpperCase().replaceAll(/[\s_-]/g, '');
  return CODE.test(letters) ? letters : null;
}
