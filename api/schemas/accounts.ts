import { z } from 'zod';
import type { AuditRow } from '../../db/repositories/audit.ts';
import type { ApiProfileRow } from '../../db/repositories/api-profiles.ts';
import type { ApiTokenRow } from '../../db/repositories/api-tokens.ts';
import type { SessionRow } from '../../db/repositories/sessions.ts';
import type { TelegramAccountRow } from '../../db/repositories/telegram-accounts.ts';
import type { TelegramLoginRow } from '../../db/repositories/telegram-logins.ts';
import type { UserRow } from '../../db/repositories/users.ts';
import { LANGUAGES } from '../../domain/accounts/language.ts';
import { SCOPES } from '../../domain/accounts/scope.ts';

const Time = z.iso.datetime();
/** A 64-bit number. */
export const LongId = z.string().regex(/^[1-9]\d{0,18}$/, 'must be a number in decimal');
export const ScopeIn = z.enum(SCOPES);
export const LanguageIn = z.enum(LANGUAGES);
export const ZoneIn = z
  .string()
  .max(64)
  .refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', {
    error: 'must be an IANA time zone such as Europe/Moscow',
  });
/** What people call their things. */
export const Label = z.string().trim().min(1, 'must not be empty').max(64, 'must be at most 64 characters');

export const UserOut = z
  .object({
    id: z.uuid(),
    name: z.string(),
    role: z.enum(['user', 'operator', 'owner']),
    language: LanguageIn,
    zone: z.string(),
    telegramId: z.string().nullable(),
    maxId: z.string().nullable(),
    createdAt: Time,
  } satisfies Record<keyof UserRow, z.ZodType>)
  .meta({ title: 'User' });

export const SessionOut = z
  .object({
    id: z.uuid(),
    ip: z.string(),
    agent: z.string(),
    createdAt: Time,
    lastSeenAt: Time,
    expiresAt: Time,
    isCurrent: z.boolean().describe('the one that asks'),
  } satisfies Record<keyof SessionRow | 'isCurrent', z.ZodType>)
  .meta({ title: 'Session' });

export const ApiTokenOut = z
  .object({
    id: z.uuid(),
    name: z.string(),
    scopes: z.array(ScopeIn),
    createdAt: Time,
    lastUsedAt: Time.nullable(),
  } satisfies Record<keyof ApiTokenRow, z.ZodType>)
  .meta({ title: 'ApiToken' });

export const ApiProfileOut = z
  .object({
    id: z.uuid(),
    apiId: z.int(),
    name: z.string(),
    accounts: z.int().describe('Telegram accounts that use it'),
    createdAt: Time,
  } satisfies Record<keyof ApiProfileRow, z.ZodType>)
  .meta({ title: 'ApiProfile' });

export const TelegramAccountOut = z
  .object({
    id: z.uuid(),
    telegramId: z.string(),
    apiProfileId: z.uuid(),
    phoneLast4: z.string().nullable(),
    name: z.string(),
    username: z.string().nullable(),
    isPremium: z.boolean(),
    premiumUntil: Time.nullable(),
    stars: z.int().nullable().describe('Telegram Stars at the last check'),
    state: z.enum(['new', 'ok', 'flood-wait', 'revoked', 'frozen', 'banned']),
    stateUntil: Time.nullable().describe('when the state ends by itself'),
    stateReason: z.string().nullable(),
    isSignedIn: z.boolean().describe('false: it needs a new login'),
    lastCheckedAt: Time.nullable(),
    createdAt: Time,
  } satisfies Record<keyof TelegramAccountRow, z.ZodType>)
  .meta({ title: 'TelegramAccount' });

export const TelegramLoginOut = z
  .object({
    id: z.uuid(),
    apiProfileId: z.uuid(),
    accountId: z.uuid().nullable().describe('the account that is signed in anew, or that came of it'),
    kind: z.enum(['phone', 'import']),
    phoneLast4: z.string().nullable(),
    step: z
      .enum(['sending', 'code', 'password', 'done', 'failed', 'cancelled'])
      .describe('sending: Telegram is being asked; code, password: what the person is asked for'),
    errorCode: z.string().nullable().describe('what went wrong last; code and password may be tried again'),
    errorText: z.string().nullable(),
    retryAt: Time.nullable().describe('Telegram takes no attempt before this'),
    codeLength: z.int().nullable(),
    sentBy: z.string().nullable(),
    hint: z.string().nullable().describe("the person's own hint to the password"),
    expiresAt: Time,
  } satisfies Record<keyof TelegramLoginRow, z.ZodType>)
  .meta({ title: 'TelegramLogin' });

export const AuditOut = z
  .object({
    id: z.int(),
    userId: z.uuid().nullable(),
    userName: z.string().nullable(),
    at: Time,
    action: z.string(),
    ip: z.string().nullable(),
    result: z.enum(['ok', 'refused']),
    details: z.record(z.string(), z.unknown()),
  } satisfies Record<keyof AuditRow, z.ZodType>)
  .meta({ title: 'AuditEntry' });
