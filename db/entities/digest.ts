import { defineEntity, p } from '@mikro-orm/core';
import { AppUser } from './app-user.ts';

const DigestSchema = defineEntity({
  name: 'Digest',
  tableName: 'digest',
  properties: {
    user: () => p.oneToOne(AppUser).primary().deleteRule('cascade'),
    /** `YYYY-MM-DD` in the user's zone: the last day for which each was sent, or was let be. */
    morningOn: p.text().nullable(),
    eveningOn: p.text().nullable(),
    weeklyOn: p.text().nullable(),
    version: p.integer().default(0),
  },
});
/** Which digests of a user are behind him. */
export class Digest extends DigestSchema.class {}
DigestSchema.setClass(Digest);
