import { defineEntity, p } from '@mikro-orm/core';

const SignInAttemptSchema = defineEntity({
  name: 'SignInAttempt',
  tableName: 'sign_in_attempt',
  properties: {
    /** SHA-256 of who tries what: a name from an address, or an address alone. */
    key: p.text().primary(),
    /** Attempts that did not succeed, since the last quiet hour. */
    failures: p.integer(),
    triedAt: p.datetime(),
    /** No attempt is judged before this. */
    blockedUntil: p.datetime().nullable(),
  },
});
/** How often somebody failed to sign in of late: those who guess are slowed down. */
export class SignInAttempt extends SignInAttemptSchema.class {}
SignInAttemptSchema.setClass(SignInAttempt);
