import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { listen } from '../listen.ts';
import { standInEmbedding } from './embedding.ts';
import type { EmbeddingFault } from './faults.ts';

export interface OpenAiSandboxOptions {
  /** Length of the model's vectors. */
  readonly dimensions: number;
  /** Refuse `dimensions` in a request, as servers with models of one length do. */
  readonly refusesDimensions?: boolean;
  /** Required as a bearer token when set. */
  readonly apiKey?: string;
}

export interface EmbeddingRequest {
  readonly model: string;
  readonly input: readonly string[];
}

export interface OpenAiSandbox {
  readonly baseUrl: string;
  /** Requests that were as the API wants them, in order. */
  readonly requests: readonly EmbeddingRequest[];
  /** The next answers go wrong in these ways, one each. */
  inject(...faults: readonly EmbeddingFault[]): void;
  stop(): Promise<void>;
}

const Body = z.strictObject({
  model: z.string().min(1),
  input: z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(2048)]),
  dimensions: z.int().min(1).optional(),
  encoding_format: z.enum(['float', 'base64']).default('float'),
});
type Request = z.output<typeof Body>;

/** An OpenAI-compatible embedding server on the loopback: checks what it is asked, answers deterministically, fails on demand. */
export async function startOpenAiSandbox(options: OpenAiSandboxOptions): Promise<OpenAiSandbox> {
  const requests: EmbeddingRequest[] = [];
  const faults: EmbeddingFault[] = [];
  const server = createServer((request, response) => {
    void answer({ request, response, options, requests, fault: () => faults.shift() });
  });
  const port = await listen(server);
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    inject: (...more) => void faults.push(...more),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly options: OpenAiSandboxOptions;
  readonly requests: EmbeddingRequest[];
  readonly fault: () => EmbeddingFault | undefined;
}

async function answer({ request, response, options, requests, fault: next }: Exchange): Promise<void> {
  const body = await bodyOf(request);
  const checked = check(
    { url: `${request.method ?? ''} ${request.url ?? ''}`, key: request.headers.authorization, body },
    options,
  );
  if ('status' in checked) {
    send(response, checked.status, errorBody(checked.message));
    return;
  }
  const { model, input } = checked;
  requests.push({ model, input: listOf(input) });
  respond(response, next(), (fault) => JSON.stringify(embeddings(checked, options, fault)));
}

type Fault = EmbeddingFault | undefined;

function respond(response: ServerResponse, fault: Fault, body: (fault: Fault) => string): void {
  if (fault?.kind === 'silence') return;
  if (fault?.kind === 'rate-limited') {
    if (fault.retryAfterSeconds !== null) response.setHeader('retry-after', String(fault.retryAfterSeconds));
    send(response, 429, errorBody('Rate limit reached'));
    return;
  }
  const text = body(fault);
  if (fault?.kind === 'status') send(response, fault.status, errorBody('injected'));
  else send(response, 200, fault?.kind === 'truncated' ? text.slice(0, text.length / 2) : text);
}

const listOf = (input: Request['input']): readonly string[] => (typeof input === 'string' ? [input] : input);

interface Refusal {
  readonly status: number;
  readonly message: string;
}

interface Received {
  /** Method and path. */
  readonly url: string;
  readonly key: string | undefined;
  readonly body: string;
}

function check({ url, key, body }: Received, { apiKey, refusesDimensions }: OpenAiSandboxOptions): Request | Refusal {
  if (url !== 'POST /v1/embeddings') return { status: 404, message: 'not found' };
  if (apiKey !== undefined && key !== `Bearer ${apiKey}`) return { status: 401, message: 'Incorrect API key provided' };
  const parsed = Body.safeParse(parseJson(body));
  if (!parsed.success) return { status: 400, message: z.prettifyError(parsed.error) };
  if (parsed.data.dimensions !== undefined && refusesDimensions === true)
    return { status: 400, message: 'this model does not support changing dimensions' };
  return parsed.data;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body);
}

const errorBody = (message: string): string =>
  JSON.stringify({ error: { message, type: 'invalid_request_error', param: null, code: null } });

function embeddings(
  { input, model, dimensions, encoding_format: format }: Request,
  options: OpenAiSandboxOptions,
  fault: Fault,
): object {
  const texts = listOf(input);
  const size = (dimensions ?? options.dimensions) - (fault?.kind === 'wrong-dimensions' ? 1 : 0);
  const vectors = texts.map((text) => (fault?.kind === 'zero-vector' ? zeros(size) : standInEmbedding(text, size)));
  const data = vectors.slice(fault?.kind === 'wrong-count' ? 1 : 0).map((vector, index) => ({
    object: 'embedding',
    index,
    embedding: format === 'base64' ? Buffer.from(Float32Array.from(vector).buffer).toString('base64') : vector,
  }));
  const tokens = texts.reduce((sum, text) => sum + Math.ceil(text.length / 4), 0);
  // The API promises no order: `index` says which is which.
  return { object: 'list', model, data: data.reverse(), usage: { prompt_tokens: tokens, total_tokens: tokens } };
}

const zeros = (size: number): number[] => new Array<number>(size).fill(0);
