import { defineEntity, p } from '@mikro-orm/core';
import { AppUser } from './app-user.ts';

const LinkCodeSchema = defineEntity({
  name: 'LinkCode',
  tableName: 'link_code',
  indexes: [{ properties: ['user'] }],
  properties: {
    /** SHA-256 of the code, hex: the code itself is known to the person alone. */
    codeHash: p.text().primary(),
    user: () => p.manyToOne(AppUser).deleteRule('cascade'),
    expiresAt: p.datetime(),
    usedAt: p.datetime().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
/** A code that makes the person who shows it in a messenger this user. */
export class LinkCode extends LinkCodeSchema.class {}
LinkCodeSchema.setClass(LinkCode);
