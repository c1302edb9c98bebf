import { defineEntity, p } from '@mikro-orm/core';
import type { Role } from '../../domain/accounts/role.ts';

const AppUserSchema = defineEntity({
  name: 'AppUser',
  tableName: 'app_user',
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    name: p.text(),
    /** The name as it is compared; see `userNameKey`. */
    nameKey: p.text().unique(),
    /** PHC string with its parameters; null = who came by a messenger and signs in by it. */
    passwordHash: p.text().nullable().lazy(),
    role: p.text().$type<Role>(),
    /** The person in the messengers; 64-bit numbers in decimal. */
    telegramId: p.bigint('string').nullable().unique(),
    maxId: p.bigint('string').nullable().unique(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
/** A person with an account of the panel; every other row of this slice belongs to one. */
export class AppUser extends AppUserSchema.class {}
AppUserSchema.setClass(AppUser);
