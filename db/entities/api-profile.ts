import { defineEntity, p } from '@mikro-orm/core';
import { AppUser } from './app-user.ts';

const ApiProfileSchema = defineEntity({
  name: 'ApiProfile',
  tableName: 'api_profile',
  uniques: [{ properties: ['user', 'apiId'] }],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    user: () => p.manyToOne(AppUser).deleteRule('cascade'),
    apiId: p.integer(),
    /** Sealed; context `api_profile.api_hash:<id>`. */
    apiHash: p.text().lazy(),
    name: p.text(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
/** An application registered at my.telegram.org, through which accounts sign in. */
export class ApiProfile extends ApiProfileSchema.class {}
ApiProfileSchema.setClass(ApiProfile);
