import { authMethods } from './auth.ts';
import { fileMethods } from './files.ts';
import { giftMethods } from './gifts.ts';
import { helpMethods } from './help.ts';
import type { Methods } from './method.ts';
import { paymentMethods } from './payments.ts';
import { peopleMethods } from './people.ts';

/** Every method that the datacentre knows. */
export const allMethods: Methods = {
  ...helpMethods,
  ...authMethods,
  ...peopleMethods,
  ...giftMethods,
  ...paymentMethods,
  ...fileMethods,
};
