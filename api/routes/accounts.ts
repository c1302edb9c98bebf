import type { ApiDeps } from '../deps.ts';
import type { Route } from '../route.ts';
import { apiProfileRoutes } from './api-profiles.ts';
import { apiTokenRoutes } from './api-tokens.ts';
import { auditRoutes } from './audit.ts';
import { channelRoutes } from './channels.ts';
import { linkCodeRoutes } from './link-codes.ts';
import { meRoutes } from './me.ts';
import { settingsRoutes } from './settings.ts';
import { signInRoutes } from './sign-in.ts';
import { telegramAccountRoutes } from './telegram-accounts.ts';
import { telegramLoginRoutes } from './telegram-logins.ts';

/** People and all that is theirs. */
export const accountRoutes = (deps: ApiDeps): Route[] => [
  ...signInRoutes(deps),
  ...meRoutes(deps),
  ...linkCodeRoutes(deps),
  ...apiTokenRoutes(deps),
  ...apiProfileRoutes(deps),
  ...telegramLoginRoutes(deps),
  ...telegramAccountRoutes(deps),
  ...channelRoutes(deps),
  ...settingsRoutes(deps),
  ...auditRoutes(deps),
];
