import type { ApiDeps } from '../deps.ts';
import type { Metrics } from '../metrics.ts';
import type { Route } from '../route.ts';
import { dropRoutes } from './drops.ts';
import { giftPurchaseRoutes } from './gift-purchases.ts';
import { giftWatchRoutes } from './gift-watch.ts';
import { starGiftRoutes } from './star-gifts.ts';

/** Gifts: seen, watched, bought. */
export const stargiftRoutes = (deps: ApiDeps, metrics: Metrics): Route[] => [
  ...giftWatchRoutes(deps),
  ...starGiftRoutes(deps, metrics),
  ...giftPurchaseRoutes(deps),
  ...dropRoutes(deps, metrics),
];
