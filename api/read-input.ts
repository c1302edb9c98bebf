import type { Request } from 'express';
import { z } from 'zod';
import { Problem, type FieldError } from './problems.ts';
import type { Input, Route } from './route.ts';
import { unstorableTexts } from './storable-text.ts';

/**
 * Path, query and body of a request, each checked by the route's own schema.
 * @throws Problem not-found for a malformed id, unsupported-media-type, invalid-request naming every wrong field
 */
export function readInput(route: Route, req: Request): Input<unknown, unknown, unknown> {
  const params = route.params.safeParse(req.params);
  if (!params.success) throw new Problem('not-found', 'there is nothing with this id');
  const query = route.query.safeParse(queryOf(route.query, req), { error: sayRequired });
  const body = route.body === null ? { success: true as const, data: undefined } : readBody(route, route.body, req);
  const errors = [
    ...(query.success ? [] : fieldErrors(query.error.issues, 'query')),
    ...(body.success ? [] : fieldErrors(body.error.issues, 'body')),
  ];
  if (query.success) errors.push(...badTexts(query.data, 'query'));
  if (body.success) errors.push(...badTexts(body.data, 'body'));
  if (!query.success || !body.success || errors.length > 0)
    throw new Problem('invalid-request', summary(errors), { errors });
  return { params: params.data, query: query.data, body: body.data };
}

function readBody({ takes }: Route, schema: z.ZodType, req: Request) {
  const hasBody = req.get('transfer-encoding') !== undefined || Number(req.get('content-length') ?? 0) > 0;
  if (hasBody && req.is(takes) === false)
    throw new Problem('unsupported-media-type', `send the body as Content-Type: ${takes}`);
  const body: unknown = hasBody ? req.body : {};
  return schema.safeParse(body, { error: sayRequired });
}

/** A list parameter that is given once arrives as one string. */
function queryOf(schema: z.ZodType, req: Request): Record<string, unknown> {
  const shape: Readonly<Record<string, unknown>> = schema instanceof z.ZodObject ? schema.shape : {};
  return Object.fromEntries(
    Object.entries(req.query).map(([name, value]) => [
      name,
      isList(shape[name]) && typeof value === 'string' ? [value] : value,
    ]),
  );
}

/** Whether a query parameter may be repeated. */
export const isList = (schema: unknown): boolean =>
  schema instanceof z.ZodArray || (schema instanceof z.ZodOptional && schema.unwrap() instanceof z.ZodArray);

const sayRequired = (issue: z.core.$ZodRawIssue): string | undefined =>
  issue.code === 'invalid_type' && issue.input === undefined ? 'is required' : undefined;

function fieldErrors(issues: readonly z.core.$ZodIssue[], where: FieldError['in']): FieldError[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        in: where,
        path: dotted([...issue.path, key]),
        message: 'is not a known field',
      }));
    if (issue.code === 'invalid_union') {
      const meant = meantForm(issue);
      if (meant !== null) return fieldErrors(meant, where);
    }
    return [{ in: where, path: dotted(issue.path), message: issue.message }];
  });
}

/** Of several forms that an input may have, the one whose fields it uses; its issues with whole paths, or null. */
function meantForm({ errors, path }: z.core.$ZodIssueInvalidUnion): z.core.$ZodIssue[] | null {
  const [meant, ...others] = errors.filter((issues) => issues.every(({ code }) => code !== 'unrecognized_keys'));
  if (meant === undefined || others.length > 0) return null;
  return meant.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
}

const badTexts = (value: unknown, where: FieldError['in']): FieldError[] =>
  unstorableTexts(value instanceof Uint8Array ? null : value).map((path) => ({
    in: where,
    path: dotted(path),
    message: 'must not hold NUL or half a surrogate pair',
  }));

const dotted = (path: readonly PropertyKey[]): string => path.map(String).join('.');

const summary = (errors: readonly FieldError[]): string =>
  errors.map(({ in: where, path, message }) => `${path === '' ? where : path}: ${message}`).join('; ');
