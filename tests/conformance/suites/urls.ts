import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { canonicalizeUrl, SPELLING_POLICY } from '../../../domain/catalog/canonical-url.ts';
import { safeUrl } from '../../../domain/catalog/safe-url.ts';
import { cleanQuery, queryParameter, withParameters } from '../../../domain/catalog/url-query.ts';

const Case = z.object({
  fn: z.string(),
  args: z.array(z.unknown()),
  kwargs: z.record(z.string(), z.unknown()).default({}),
  expected: z.unknown(),
});
type Case = z.infer<typeof Case>;
const File = z.object({ cases: z.array(Case) });

const text = z.string();
const flag = z.boolean().default(false);
const names = z.union([text.transform((name) => [name]), z.array(text)]).default([]);

const CanonicalCall = z.object({
  url: text,
  keep_blank_values: z.boolean().default(true),
  keep_fragments: flag,
  encoding: text.nullable().default(null),
  query_separator: text.default('&'),
});
const SafeCall = z.object({
  url: text,
  encoding: text.optional(),
  path_encoding: text.optional(),
  quote_path: z.boolean().default(true),
});
const CleanCall = z.object({
  url: text,
  parameterlist: names,
  sep: text.default('&'),
  kvsep: text.default('='),
  remove: flag,
  unique: z.boolean().default(true),
  keep_fragments: flag,
});
const ReadCall = z.object({
  url: text,
  parameter: text,
  default: text.nullable().default(null),
  keep_blank_values: z.coerce.boolean().default(false),
  separator: text.optional(),
});
const SetCall = z.object({ url: text, name: text, new_value: text, separator: text.optional() });
const SetAllCall = z.object({ url: text, new_parameters: z.record(text, text), separator: text.optional() });

/** Per operation of the data: the order of its arguments, and our function behind its name. */
const OPERATIONS: Readonly<Record<string, readonly [readonly string[], (call: unknown) => unknown]>> = {
  canonicalize_url: [
    ['url', 'keep_blank_values', 'keep_fragments', 'encoding', 'query_separator'],
    (call) => {
      const { url, keep_blank_values, keep_fragments, encoding, query_separator } = CanonicalCall.parse(call);
      return canonicalizeUrl(url, {
        ...SPELLING_POLICY,
        keepBlankValues: keep_blank_values,
        keepFragment: keep_fragments,
        separator: query_separator,
        queryEncoding: encoding ?? undefined,
      });
    },
  ],
  safe_url_string: [
    ['url', 'encoding', 'path_encoding', 'quote_path'],
    (call) => {
      const { url, encoding, path_encoding, quote_path } = SafeCall.parse(call);
      return safeUrl(url, { queryEncoding: encoding, pathEncoding: path_encoding, keepPath: !quote_path });
    },
  ],
  url_query_cleaner: [
    ['url', 'parameterlist', 'sep', 'kvsep', 'remove', 'unique', 'keep_fragments'],
    (call) => {
      const { url, parameterlist, sep, kvsep, remove, unique, keep_fragments } = CleanCall.parse(call);
      return cleanQuery(url, parameterlist, {
        remove,
        keepRepeats: !unique,
        keepFragment: keep_fragments,
        separator: sep,
        equals: kvsep,
      });
    },
  ],
  url_query_parameter: [
    ['url', 'parameter', 'default', 'keep_blank_values'],
    (call) => {
      const { url, parameter, default: missing, keep_blank_values, separator } = ReadCall.parse(call);
      return queryParameter(url, parameter, { keepBlank: keep_blank_values, separator }) ?? missing;
    },
  ],
  add_or_replace_parameter: [
    ['url', 'name', 'new_value'],
    (call) => {
      const { url, name, new_value, separator } = SetCall.parse(call);
      return withParameters(url, { [name]: new_value }, { separator });
    },
  ],
  add_or_replace_parameters: [
    ['url', 'new_parameters'],
    (call) => {
      const { url, new_parameters, separator } = SetAllCall.parse(call);
      return withParameters(url, new_parameters, { separator });
    },
  ],
};

function answer({ fn, args, kwargs }: Case): unknown {
  const operation = OPERATIONS[fn];
  if (operation === undefined) throw new Error(`unknown operation ${fn}`);
  const [order, call] = operation;
  return call({ ...Object.fromEntries(args.map((value, index) => [order[index] ?? '', value])), ...kwargs });
}

/** Runs the URL operations of urls.json (w3lib's asserts) without our tracking-parameter policy. */
export async function run(file: string) {
  const { cases } = File.parse(JSON.parse(await readFile(file, 'utf8')));
  const failures: string[] = [];
  for (const example of cases) {
    let got: unknown;
    try {
      got = answer(example);
    } catch (error) {
      got = error instanceof Error ? error.message : error;
    }
    if (got !== example.expected) {
      const call = `${example.fn}(${JSON.stringify(example.args)}, ${JSON.stringify(example.kwargs)})`;
      failures.push(`${call}: got ${JSON.stringify(got)}, expected ${JSON.stringify(example.expected)}`);
    }
  }
  return { passed: cases.length - failures.length, failed: failures.length, failures };
}
