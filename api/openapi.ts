import { z } from 'zod';
import { ProblemOut, PROBLEMS, type ProblemCode } from './problems.ts';
import { isList } from './read-input.ts';
import type { Route } from './route.ts';

type Json = Readonly<Record<string, unknown>>;

/** Without `$schema`: the dialect is OpenAPI's own. */
const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): Json =>
  Object.fromEntries(Object.entries(z.toJSONSchema(schema, { io })).filter(([name]) => name !== '$schema'));

/** The OpenAPI 3.1 document of these routes. */
export function toOpenApi(routes: readonly Route[], { secured }: { readonly secured: boolean }): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[route.method] = operation(route, secured);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'gifty',
      version: '1',
      description:
        'Shops to crawl and the catalogue that comes of them; people, their Telegram accounts, and gifts bought for them. Errors are RFC 9457 problem details.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(ProblemOut, 'output') },
      securitySchemes: {
        operator: { type: 'http', scheme: 'bearer', description: 'GIFTY_OPERATOR_TOKEN; needed where it is set' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'gifty_session',
          description: 'Given by signing in, for 7 days',
        },
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'A personal API token; it needs the scope named in the operation',
        },
      },
    },
  };
}

function operation(route: Route, secured: boolean): Json {
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    ...(route.scope !== null && { description: `API tokens need the scope \`${route.scope}\`.` }),
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query'), ...headers(route)],
    ...(route.body !== null && {
      requestBody: route.takes === 'application/json' ? requestBody(route.body) : bytesBody(route.takes),
    }),
    responses: { [route.status]: success(route), ...problemResponses(route), ...BY_NODE },
    security: security(route, secured),
  };
}

/** Answered before any route is asked. */
const BY_NODE = { '431': { description: 'The request line and the headers are larger than 16 kB; without a body' } };

/** Any one of these lets a request in. */
function security({ access, scope }: Route, secured: boolean): Json[] {
  if (access === 'open' || (access === 'operator' && !secured)) return [];
  if (access === 'operator') return [{ operator: [] }, { session: [] }, { token: [] }];
  return scope === null ? [{ session: [] }] : [{ session: [] }, { token: [] }];
}

function parameters(schema: z.ZodType, where: 'path' | 'query'): Json[] {
  if (!(schema instanceof z.ZodObject)) return [];
  const { required = [] } = z.toJSONSchema(schema, { io: 'input' });
  return Object.entries(schema.shape).map(([name, field]) => {
    if (!(field instanceof z.ZodType)) throw new Error(`${name} is no schema`);
    const { description, examples, ...rest } = jsonSchema(field, 'input');
    return {
      name,
      in: where,
      required: required.includes(name),
      ...(description !== undefined && { description }),
      ...(Array.isArray(examples) && { example: z.unknown().parse(examples[0]) }),
      ...(isList(field) && { style: 'form', explode: true }),
      schema: rest,
    };
  });
}

function headers(route: Route): Json[] {
  const stream = route.contentType === 'text/event-stream';
  return [
    ...(route.idempotent
      ? [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: false,
            description:
              'A repeat with the same key and request gets the same answer (kept 24 h; refusals are judged anew), with another request 422, while the first is being handled 409.',
            schema: { type: 'string', minLength: 1, maxLength: 255 },
          },
        ]
      : []),
    ...(stream
      ? [
          {
            name: 'Last-Event-ID',
            in: 'header',
            required: false,
            description: 'Id of the last event received: what it says is not sent again.',
            schema: { type: 'string' },
          },
        ]
      : []),
  ];
}

function requestBody(schema: z.ZodType): Json {
  const rest = Object.fromEntries(Object.entries(jsonSchema(schema, 'input')).filter(([name]) => name !== 'examples'));
  // Where a text is changed as it comes in, zod leaves the examples out of the input's form: they might be of the output's.
  const examples: unknown = schema.meta()?.['examples'];
  const required = !schema.safeParse({}).success;
  const example: unknown = Array.isArray(examples) ? z.unknown().parse(examples[0]) : undefined;
  return { required, content: { 'application/json': { schema: rest, ...(example !== undefined && { example }) } } };
}

const bytesBody = (takes: Route['takes']): Json => ({
  required: true,
  content: { [takes]: { schema: { type: 'string', format: 'binary' } } },
});

function success(route: Route): Json {
  const location = { Location: { description: 'Address of what was made', schema: { type: 'string' } } };
  const made = route.status === 201 || route.status === 202;
  return {
    description: route.summary,
    ...(made && { headers: location }),
    ...(route.output !== null && { content: { [route.contentType]: mediaType(route, route.output) } }),
  };
}

/** Of a stream `output` is one event's data, or one line. */
function mediaType({ contentType }: Route, output: z.ZodType): Json {
  const schema = jsonSchema(output, 'output');
  if (contentType === 'application/x-ndjson') return { 'x-itemSchema': schema };
  return { schema: contentType === 'text/event-stream' ? eventSchema(schema) : schema };
}

/** One server-sent event; its data is JSON in a text. */
const eventSchema = (data: Json): Json => ({
  type: 'object',
  properties: {
    event: { type: 'string' },
    id: { type: 'string' },
    data: { type: 'string', contentMediaType: 'application/json', contentSchema: data },
    retry: { type: 'integer' },
  },
});

/** Codes that follow from what a route takes, besides its own. */
function problemCodes(route: Route): readonly ProblemCode[] {
  return [
    ...route.problems,
    ...(route.access === 'open'
      ? []
      : (['unauthorized', 'forbidden', 'rate-limited', 'database-unavailable'] as const)),
    ...(route.method === 'get' ? [] : (['foreign-origin'] as const)),
    ...(hasFields(route.query) || route.body !== null ? (['invalid-request'] as const) : []),
    ...(hasFields(route.params) ? (['not-found'] as const) : []),
    ...(route.body === null ? [] : (['malformed-json', 'body-too-large', 'unsupported-media-type'] as const)),
    ...(route.idempotent
      ? (['invalid-idempotency-key', 'idempotency-key-reused', 'request-in-progress'] as const)
      : []),
    'internal',
  ];
}

const hasFields = (schema: z.ZodType): boolean => schema instanceof z.ZodObject && Object.keys(schema.shape).length > 0;

function problemResponses(route: Route): Record<string, Json> {
  const codes = [...new Set(problemCodes(route))];
  const byStatus = Map.groupBy(codes, (code) => PROBLEMS[code][0]);
  return Object.fromEntries(
    [...byStatus].map(([status, sharing]) => [
      String(status),
      {
        description: sharing.map((code) => `\`${code}\`: ${PROBLEMS[code][1]}`).join('; '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}
