import { defineEntity, p } from '@mikro-orm/core';
import { AppUser } from './app-user.ts';

const AuditEntrySchema = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entry',
  indexes: [{ properties: ['user', 'id'] }, { properties: ['action', 'id'] }],
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    /** null = nobody known, or somebody who was deleted since. */
    user: () => p.manyToOne(AppUser).nullable().deleteRule('set null'),
    at: p.datetime().defaultRaw('now()'),
    /** E.g. `settings.changed`. */
    action: p.text(),
    ip: p.text().nullable(),
    result: p.text().$type<'ok' | 'refused'>(),
    /** Never a secret. */
    details: p.json<Readonly<Record<string, unknown>>>(),
  },
});
/** Who changed what, when, from where and with what result; written in the transaction of the change. */
export class AuditEntry extends AuditEntrySchema.class {}
AuditEntrySchema.setClass(AuditEntry);
