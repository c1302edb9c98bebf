import { defineEntity, p } from '@mikro-orm/core';
import type { ChannelAccessRow } from '../../domain/accounts/account-state.ts';
import { AppUser } from './app-user.ts';

const ChannelRuleSchema = defineEntity({
  name: 'ChannelRule',
  tableName: 'channel_rule',
  uniques: [{ properties: ['user', 'channelId'] }],
  checks: [
    {
      name: 'channel_rule_ranges',
      expression:
        'price_min >= 0 and price_max >= 0 and supply_min >= 0 and supply_max >= 0 and price_min <= price_max and supply_min <= supply_max',
    },
  ],
  properties: {
    id: p.bigint('string').primary().autoincrement(),
    user: () => p.manyToOne(AppUser).deleteRule('cascade'),
    /** `-100…`. */
    channelId: p.bigint('string'),
    username: p.text().nullable(),
    title: p.text(),
    /** Whole Stars, inclusive; null = open. */
    priceMin: p.bigint('number').nullable(),
    priceMax: p.bigint('number').nullable(),
    /** Copies ever issued, inclusive; null = open. */
    supplyMin: p.bigint('number').nullable(),
    supplyMax: p.bigint('number').nullable(),
    /** Of the last check, one for each account. */
    access: p.json<readonly ChannelAccessRow[]>().defaultRaw("'[]'"),
    createdAt: p.datetime().defaultRaw('now()'),
    updatedAt: p.datetime().defaultRaw('now()'),
  },
});
/** A channel that gifts within these ranges are bought for. */
export class ChannelRule extends ChannelRuleSchema.class {}
ChannelRuleSchema.setClass(ChannelRule);
