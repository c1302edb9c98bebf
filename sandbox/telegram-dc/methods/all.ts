import { helpMethods } from './help.ts';
import type { Methods } from './method.ts';

/** Every method that the datacentre knows. */
export const allMethods: Methods = { ...helpMethods };
