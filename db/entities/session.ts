import { defineEntity, p } from '@mikro-orm/core';
import { AppUser } from './app-user.ts';

const SessionSchema = defineEntity({
  name: 'Session',
  tableName: 'session',
  indexes: [{ properties: ['user'] }],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    user: () => p.manyToOne(AppUser).deleteRule('cascade'),
    /** SHA-256 of the cookie's token, hex. */
    tokenHash: p.text().unique(),
    ip: p.text(),
    agent: p.text(),
    createdAt: p.datetime().defaultRaw('now()'),
    lastSeenAt: p.datetime().defaultRaw('now()'),
    expiresAt: p.datetime(),
  },
});
/** One browser that is signed in. */
export class Session extends SessionSchema.class {}
SessionSchema.setClass(Session);
