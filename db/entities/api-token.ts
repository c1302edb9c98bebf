import { defineEntity, p } from '@mikro-orm/core';
import type { Scope } from '../../domain/accounts/scope.ts';
import { AppUser } from './app-user.ts';

const ApiTokenSchema = defineEntity({
  name: 'ApiToken',
  tableName: 'api_token',
  indexes: [{ properties: ['user'] }],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    user: () => p.manyToOne(AppUser).deleteRule('cascade'),
    name: p.text(),
    /** SHA-256 of the token, hex. */
    tokenHash: p.text().unique(),
    scopes: p.json<readonly Scope[]>(),
    createdAt: p.datetime().defaultRaw('now()'),
    lastUsedAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
  },
});
/** A user's key for machine clients, with what it may be used for. */
export class ApiToken extends ApiTokenSchema.class {}
ApiTokenSchema.setClass(ApiToken);
