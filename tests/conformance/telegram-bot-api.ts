import { z } from 'zod';

const Field = z.object({ name: z.string(), types: z.array(z.string()), required: z.boolean() });
const Spec = z.object({
  methods: z.record(z.string(), z.object({ fields: z.array(Field).optional() })),
  types: z.record(
    z.string(),
    z.object({ fields: z.array(Field).optional(), subtypes: z.array(z.string()).optional() }),
  ),
});

/** Says what in a request the machine-readable Bot API does not allow, path by path; [] = nothing. */
export type BotApiJudge = (method: string, parameters: Readonly<Record<string, unknown>>) => readonly string[];

export function createJudge(json: unknown): BotApiJudge {
  const spec = Spec.parse(json);
  type Fields = readonly z.output<typeof Field>[];

  function judgeFields(fields: Fields, object: Readonly<Record<string, unknown>>, path: string): string[] {
    const known = new Set(fields.map(({ name }) => name));
    const strange = Object.keys(object).filter((name) => !known.has(name));
    return [
      ...strange.map((name) => `${path}.${name}: not in the schema`),
      ...fields.flatMap(({ name, types, required }) => {
        const value = object[name];
        if (value === undefined) return required ? [`${path}.${name}: required`] : [];
        const judged = types.map((type) => judgeValue(type, value, `${path}.${name}`));
        return judged.some((problems) => problems.length === 0) ? [] : (judged[0] ?? []);
      }),
    ];
  }

  function judgeValue(type: string, value: unknown, path: string): string[] {
    const element = /^Array of (.+)$/.exec(type)?.[1];
    if (element !== undefined) {
      if (!Array.isArray(value)) return [`${path}: expected ${type}`];
      return value.flatMap((item: unknown, place) => judgeValue(element, item, `${path}[${place}]`));
    }
    const scalar = SCALARS[type];
    if (scalar !== undefined) return scalar(value) ? [] : [`${path}: expected ${type}`];
    return typeof value === 'object' && value !== null
      ? judgeObject(type, { ...value }, path)
      : [`${path}: expected ${type}`];
  }

  function judgeObject(type: string, value: Readonly<Record<string, unknown>>, path: string): string[] {
    const { subtypes, fields = [] } = spec.types[type] ?? {};
    if (subtypes === undefined) return judgeFields(fields, value, path);
    const fits = subtypes.some((subtype) => judgeValue(subtype, value, path).length === 0);
    return fits ? [] : [`${path}: no kind of ${type} fits`];
  }

  return (method, parameters) => {
    const found = spec.methods[method];
    return found === undefined ? [`there is no method ${method}`] : judgeFields(found.fields ?? [], parameters, method);
  };
}

const isText = (value: unknown): boolean => typeof value === 'string';
/** Multipart bodies hold everything as text. */
const SCALARS: Readonly<Record<string, (value: unknown) => boolean>> = {
  Integer: (value) => Number.isSafeInteger(value) || (typeof value === 'string' && /^-?\d+$/.test(value)),
  Float: (value) => typeof value === 'number',
  String: isText,
  Boolean: (value) => typeof value === 'boolean' || value === 'true' || value === 'false',
  True: (value) => value === true || value === 'true',
  InputFile: (value) => typeof value === 'object' && value !== null && 'bytes' in value,
};
