import { z } from 'zod';
import { PASSWORD_LENGTH, passwordProblem, type PasswordProblem } from '../../domain/accounts/password-policy.ts';
import { isUserName, USER_NAME_RULE } from '../../domain/accounts/user-name.ts';
import { LanguageIn, ZoneIn } from './accounts.ts';

/** Longer than any that is taken, so that hashing it costs nothing. */
const Password = z.string().min(1, 'must not be empty').max(1024, 'must be at most 1024 characters');
export const PASSWORD_SAYS: Readonly<Record<PasswordProblem, string>> = {
  'too-short': `must have at least ${PASSWORD_LENGTH.least} characters`,
  'too-long': `must have at most ${PASSWORD_LENGTH.most} characters`,
  'well-known': 'must not be one that everybody tries first',
  'is-the-name': 'must be more than the name',
  'too-simple': 'must be more than a few characters again and again, or in a row',
};

export const RegisterIn = z
  .strictObject({
    name: z.string().max(200).refine(isUserName, { error: USER_NAME_RULE }),
    password: Password,
    language: LanguageIn.default('ru'),
    zone: ZoneIn.default('UTC'),
  })
  .superRefine(({ name, password }, context) => {
    const problem = passwordProblem(password, name);
    if (problem !== null) context.addIssue({ code: 'custom', path: ['password'], message: PASSWORD_SAYS[problem] });
  })
  .meta({ title: 'Registration', examples: [{ name: 'maria', password: 'a kettle, a lamp and a cat' }] });

export const LogInIn = z
  .strictObject({ name: z.string().min(1, 'must not be empty').max(200), password: Password })
  .meta({ title: 'Credentials', examples: [{ name: 'maria', password: 'a kettle, a lamp and a cat' }] });

export const PasswordIn = z.strictObject({ current: Password, next: Password }).meta({
  title: 'PasswordChange',
  examples: [{ current: 'a kettle, a lamp and a cat', next: 'a lamp, a cat and no kettle' }],
});

const Widget = z
  .record(z.string().max(64), z.union([z.string().max(1000), z.number()]))
  .refine((fields) => Object.keys(fields).length <= 20, { error: 'must have at most 20 fields' });

/** What a messenger signed. */
export const ProofIn = z
  .union([
    z.strictObject({ initData: z.string().min(1).max(8000).describe('initData of a Mini App, as it came') }),
    z.strictObject({ widget: Widget.describe("fields of Telegram's login widget, as they came") }),
  ])
  .meta({ title: 'MessengerProof', examples: [{ initData: 'user=%7B%22id%22%3A7%7D&auth_date=1700000000&hash=00' }] });
export const MessengerParams = z.strictObject({ messenger: z.enum(['telegram', 'max']) });
