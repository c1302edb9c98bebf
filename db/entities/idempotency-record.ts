import { defineEntity, p } from '@mikro-orm/core';

const IdempotencyRecordSchema = defineEntity({
  name: 'IdempotencyRecord',
  tableName: 'idempotency_record',
  properties: {
    /** Caller's `Idempotency-Key`. */
    key: p.text().primary(),
    /** `POST /path`. */
    route: p.text().primary(),
    /** SHA-256 of the request; the same key with another request is refused. */
    requestHash: p.text(),
    /** null while the first request is still being handled. */
    status: p.integer().nullable(),
    body: p.json<unknown>().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
/** The answer given to a request that spends, sends or starts, kept so that a repeat gets the same one. */
export class IdempotencyRecord extends IdempotencyRecordSchema.class {}
IdempotencyRecordSchema.setClass(IdempotencyRecord);
