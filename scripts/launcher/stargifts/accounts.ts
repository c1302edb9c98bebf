import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { TelegramDcControl } from '../../../sandbox/telegram-dc/control/client.ts';
import { SetupError } from '../errors.ts';
import type { Progress } from '../terminal.ts';
import { PEOPLE, type CastMember } from './cast.ts';
import type { DemoUser } from './demo-user.ts';

/** What the sandbox's applications are called at my.telegram.org; it asks for none. */
const PROFILE = { apiId: 12_345, apiHash: '5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a', name: 'sandbox' };
const POLL_MS = 100;
const STEP_MS = 30_000;

const listOf = <T>(item: z.ZodType<T>) => z.object({ items: z.array(item) });
const profile = z.object({ id: z.string(), name: z.string() });
const account = z.object({ phoneLast4: z.string().nullable(), isSignedIn: z.boolean() });
const login = z.object({
  id: z.string(),
  step: z.enum(['sending', 'code', 'password', 'done', 'failed', 'cancelled']),
  errorText: z.string().nullable(),
});
type Login = z.output<typeof login>;

/** Where sign-ins happen. */
interface SignIn {
  readonly user: DemoUser;
  readonly control: TelegramDcControl;
}

/** Signs in everybody of the cast who has no account here yet: phone, code, password. */
export async function signInAccounts({ user, control }: SignIn, progress: Progress): Promise<void> {
  const { items } = await user.get(listOf(account), '/api/accounts');
  const known = new Set(items.map(({ phoneLast4 }) => phoneLast4));
  const missing = PEOPLE.filter(({ phone }) => !known.has(phone.slice(-4)));
  if (missing.length === 0) return;
  const apiProfileId = await profileId(user);
  for (const [place, member] of missing.entries()) {
    progress(`signing in account ${place + 1} of ${missing.length}: ${member.firstName}`);
    await signIn({ user, control }, member, apiProfileId);
  }
}

async function profileId(user: DemoUser): Promise<string> {
  const { items } = await user.get(listOf(profile), '/api/api-profiles');
  const known = items.find(({ name }) => name === PROFILE.name);
  return (known ?? (await user.post(profile, '/api/api-profiles', PROFILE))).id;
}

async function signIn({ user, control }: SignIn, member: CastMember, apiProfileId: string): Promise<void> {
  let current = await user.post(login, '/api/telegram-logins', { apiProfileId, phone: `+${member.phone}` });
  const untilMs = Date.now() + STEP_MS;
  while (current.step !== 'done') {
    if (current.step === 'failed' || current.step === 'cancelled' || Date.now() > untilMs) {
      throw new SetupError(`the sign-in of ${member.firstName} ended as ${current.step}: ${current.errorText ?? ''}`);
    }
    current = await takeStep({ user, control }, member, current);
  }
}

async function takeStep(
  { user, control }: SignIn,
  { phone, password }: CastMember,
  { id, step }: Login,
): Promise<Login> {
  const path = `/api/telegram-logins/${id}`;
  if (step === 'code') {
    // What Telegram would show on the person's telephone.
    const [sent] = await control.codes({ account: phone });
    return await user.post(login, `${path}/code`, { code: sent?.code ?? '' });
  }
  if (step === 'password') return await user.post(login, `${path}/password`, { password: password ?? '' });
  await delay(POLL_MS);
  return await user.get(login, path);
}
