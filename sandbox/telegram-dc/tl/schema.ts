import { createRequire } from 'node:module';
import { z } from 'zod';
import { TlError } from './value.ts';

const entrySchema = z.object({
  name: z.string(),
  id: z.number(),
  arguments: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      typeModifiers: z
        .object({
          predicate: z.string().optional(),
          isVector: z.boolean().optional(),
          isBareVector: z.boolean().optional(),
          isBareType: z.boolean().optional(),
        })
        .optional(),
    }),
  ),
});

/** One field of a constructor or method. */
export interface TlField {
  readonly name: string;
  readonly type: string;
  /** Present only when this bit of that flags field is set. */
  readonly flag: { readonly field: string; readonly bit: number } | null;
  readonly vector: 'none' | 'boxed' | 'bare';
  /** Written without its constructor's number. */
  readonly isBare: boolean;
}

export interface TlDefinition {
  readonly name: string;
  /** 32 bits, unsigned. */
  readonly id: number;
  readonly fields: readonly TlField[];
}

export const TL_IDS = {
  vector: 0x1cb5c415,
  boolTrue: 0x997275b5,
  boolFalse: 0xbc799737,
  gzipPacked: 0x3072cfa1,
  container: 0x73f1f8dc,
  rpcResult: 0xf35c6d01,
} as const;

function compile(entry: z.infer<typeof entrySchema>): TlDefinition {
  return {
    name: entry.name,
    id: entry.id >>> 0,
    fields: entry.arguments.map(({ name, type, typeModifiers }) => ({
      name,
      type,
      flag: flagOf(typeModifiers?.predicate),
      vector: typeModifiers?.isVector === true ? 'boxed' : typeModifiers?.isBareVector === true ? 'bare' : 'none',
      isBare: typeModifiers?.isBareType === true,
    })),
  };
}

function flagOf(predicate: string | undefined): TlField['flag'] {
  if (predicate === undefined) return null;
  const [field = '', bit = ''] = predicate.split('.');
  return { field, bit: Number(bit) };
}

function load(): readonly TlDefinition[] {
  const require = createRequire(import.meta.url);
  const api: unknown = require('@mtcute/core/tl/api-schema.json');
  const mtproto: unknown = require('@mtcute/core/tl/mtp-schema.json');
  const entries = [...z.object({ e: z.array(entrySchema) }).parse(api).e, ...z.array(entrySchema).parse(mtproto)];
  return entries.map(compile);
}

const definitions = load();
const byId = new Map(definitions.map((definition) => [definition.id, definition]));
const byName = new Map(definitions.map((definition) => [definition.name, definition]));

/** @throws TlError when the schema has no such constructor or method */
export function definitionById(id: number): TlDefinition {
  const definition = byId.get(id);
  if (definition === undefined) throw new TlError(`no constructor 0x${id.toString(16)}`);
  return definition;
}

/** @throws TlError when the schema has no such constructor or method */
export function definitionByName(name: string): TlDefinition {
  const definition = byName.get(name);
  if (definition === undefined) throw new TlError(`no constructor named ${name}`);
  return definition;
}

/** Whether the field is on the wire, given the flags so far. Several fields may share one bit. */
export function isPresent({ flag }: TlField, flags: ReadonlyMap<string, number>): boolean {
  return flag === null || (((flags.get(flag.field) ?? 0) >>> flag.bit) & 1) === 1;
}
