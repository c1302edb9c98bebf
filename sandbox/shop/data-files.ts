import { readFileSync } from 'node:fs';
import { z } from 'zod';

const variantsSchema = z.strictObject({
  by: z.string(),
  /** Name of the option and what it adds to the price. */
  options: z.array(z.tuple([z.string(), z.number()])).min(2),
});

const itemSchema = z.strictObject({
  name: z.string(),
  /** A leading `~` paints the picture only: the thing itself has no colour worth naming. */
  colour: z.string(),
  /** null = on request. */
  price: z.number().positive().nullable(),
  oldPrice: z.number().positive().optional(),
  highPrice: z.number().positive().optional(),
  availability: z.enum(['out_of_stock', 'preorder']).optional(),
  attributes: z.record(z.string(), z.string()),
  text: z.string(),
  variants: variantsSchema.optional(),
});

const familySchema = z.strictObject({
  category: z.string(),
  slug: z.string(),
  brand: z.string(),
  shape: z.string(),
  /** `{}` stands for the item's name. */
  title: z.string(),
  attributes: z.record(z.string(), z.string()),
  giftable: z.boolean().default(true),
  variants: variantsSchema.optional(),
  about: z.string(),
  items: z.array(itemSchema).min(1),
});

export type AuthoredItem = z.infer<typeof itemSchema>;
export type AuthoredFamily = z.infer<typeof familySchema>;

/** The authored families of one section, in file order. */
export function readFamilies(section: string): AuthoredFamily[] {
  const text = readFileSync(new URL(`./data/${section}.json`, import.meta.url), 'utf8');
  return z.array(familySchema).parse(JSON.parse(text));
}
