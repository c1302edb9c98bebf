import { mergeSettings, putNewBotToken, readSettings, removeBot } from '../../db/repositories/user-settings.ts';
import type { ApiDeps } from '../deps.ts';
import { OUTAGES } from '../problems.ts';
import type { Route } from '../route.ts';
import { checkSettings, SettingsIn, SettingsOut, settingsOut } from '../schemas/settings.ts';
import { userRoute, type UserContext } from '../user-route.ts';
import { switchAndSet } from '../watch-switch.ts';

const tag = 'Settings';

/** What is bought, how much may be spent, who is told. */
export const settingsRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'get',
    path: '/api/settings',
    operationId: 'getSettings',
    tag,
    summary: 'The settings; the token of the bot is not among them',
    status: 200,
    scope: 'read',
    output: SettingsOut,
    handle: async (_input, { user }) => ({ body: settingsOut(await readSettings(deps.em(), user.id)) }),
  }),
  userRoute({
    method: 'patch',
    path: '/api/settings',
    operationId: 'changeSettings',
    tag,
    summary: 'Set what is given; the rest stays',
    status: 200,
    scope: 'settings',
    body: SettingsIn,
    output: SettingsOut,
    problems: ['bot-token-invalid', 'bot-check-running', ...OUTAGES],
    async handle({ body: { botToken, zone, ...change } }, context) {
      // A change that cannot be made must not leave half of itself behind.
      checkSettings(mergeSettings(await readSettings(deps.em(), context.user.id), { ...change, zone }));
      if (zone !== undefined) await deps.temporal.changeZone({ userId: context.user.id, zone });
      if (botToken !== undefined) await setBot(deps, context, botToken);
      const row = await switchAndSet(deps, context, change);
      return { body: settingsOut(row) };
    },
  }),
];

async function setBot({ em, secrets, temporal }: ApiDeps, { actor, user }: UserContext, token: string | null) {
  if (token === null) {
    await removeBot(em(), actor);
    return;
  }
  await putNewBotToken({ em: em(), secrets }, user.id, token);
  await temporal.checkBot({ userId: user.id });
}
