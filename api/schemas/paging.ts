import { z } from 'zod';
import { Problem } from '../problems.ts';
import { unstorableTexts } from '../storable-text.ts';

export const Id = z.uuid();
export const IdParams = z.strictObject({ id: Id });

/** `limit` and `cursor` of a list. */
export const paging = (most: number, usual: number) => ({
  limit: z.coerce
    .number<string>()
    .int(`must be a whole number from 1 to ${most}`)
    .min(1, `must be at least 1`)
    .max(most, `must be at most ${most}`)
    .default(usual)
    .describe('items in the answer at most'),
  cursor: z.string().max(2000).optional().describe('`nextCursor` of the answer before'),
});

/** A page of a list; `nextCursor` is null on the last one. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** An opaque cursor for the position after `value`. */
export const toCursor = (value: string | number): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The position a cursor stands for, null without one. @throws Problem invalid-cursor */
export function fromCursor<T extends z.ZodType>(cursor: string | undefined, schema: T): z.output<T> | null {
  if (cursor === undefined) return null;
  const value = schema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (!value.success || unstorableTexts(value.data).length > 0)
    throw new Problem('invalid-cursor', 'take `nextCursor` of the answer before, as it is');
  return value.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One page out of `limit + 1` rows: the last one only tells that there is more. */
export function pageOf<T>(rows: readonly T[], limit: number, position: (last: T) => string | number) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? toCursor(position(last)) : null };
}
