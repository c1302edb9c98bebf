/** `operator` also runs the catalogue, `owner` is the first user. */
export type Role = 'user' | 'operator' | 'owner';

/** True for those who may run the shared parts of the program: sources, crawls, everybody's audit log. */
export const isOperator = (role: Role): boolean => role !== 'user';
