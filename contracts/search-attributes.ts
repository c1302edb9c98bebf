import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

/** Registered at start-up; they never hold personal data. The queries that use them are in docs/operators.md. */
export const kindAttribute = defineSearchAttributeKey('GiftyKind', SearchAttributeType.KEYWORD);
export const sourceAttribute = defineSearchAttributeKey('GiftySource', SearchAttributeType.KEYWORD);
export const stateAttribute = defineSearchAttributeKey('GiftyState', SearchAttributeType.KEYWORD);
export const userAttribute = defineSearchAttributeKey('GiftyUser', SearchAttributeType.KEYWORD);
export const dropAttribute = defineSearchAttributeKey('GiftyDrop', SearchAttributeType.KEYWORD);
export const accountAttribute = defineSearchAttributeKey('GiftyAccount', SearchAttributeType.KEYWORD);
export const SEARCH_ATTRIBUTES = [
  kindAttribute,
  sourceAttribute,
  stateAttribute,
  userAttribute,
  dropAttribute,
  accountAttribute,
];
