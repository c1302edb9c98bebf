import type { ShopAdapterName, SourceConfig } from '../../../contracts/source-config.ts';
import { shopify } from './shopify.ts';
import type { ShopAdapter } from './shop-adapter.ts';

const ADAPTERS: Readonly<Record<ShopAdapterName, ShopAdapter>> = { shopify };

/** The code that reads this source's shop; null = its rules do. */
export const adapterOf = ({ adapter }: Pick<SourceConfig, 'adapter'>): ShopAdapter | null =>
  adapter === undefined || adapter === null ? null : ADAPTERS[adapter];
