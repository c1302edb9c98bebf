import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { listen } from '../listen.ts';
import { ChatBody, chatCompletion, type ChatRequest } from './chat.ts';
import { standInEmbedding } from './embedding.ts';
import type { OpenAiFault } from './faults.ts';

export interface OpenAiSandboxOptions {
  /** Length of the model's vectors. */
  readonly dimensions: number;
  /** Refuse `dimensions` in a request, as servers with models of one length do. */
  readonly refusesDimensions?: boolean;
  /** Refuse `max_completion_tokens`, as servers do that know only the older name. */
  readonly refusesCompletionTokens?: boolean;
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
  readonly chats: readonly ChatRequest[];
  /** What the model says next, one answer each; then what it makes up. */
  say(...answers: readonly string[]): void;
  /** The next answers go wrong in these ways, one each. */
  inject(...faults: readonly OpenAiFault[]): void;
  stop(): Promise<void>;
}

const EmbeddingBody = z.strictObject({
  model: z.string().min(1),
  input: z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(2048)]),
  dimensions: z.int().min(1).optional(),
  encoding_format: z.enum(['float', 'base64']).default('float'),
});
type Request = z.output<typeof EmbeddingBody>;

/** An OpenAI-compatible server on the loopback, for embeddings and chat: checks what it is asked, answers deterministically, fails on demand. */
export async function startOpenAiSandbox(options: OpenAiSandboxOptions): Promise<OpenAiSandbox> {
  const requests: EmbeddingRequest[] = [];
  const chats: ChatRequest[] = [];
  const scripted: string[] = [];
  const faults: OpenAiFault[] = [];
  const server = createServer((request, response) => {
    const next = { fault: () => faults.shift(), said: () => scripted.shift() };
    void answer({ request, response, options, requests, chats, ...next });
  });
  const port = await listen(server);
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    chats,
    say: (...more) => void scripted.push(...more),
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
  readonly chats: ChatRequest[];
  readonly fault: () => OpenAiFault | undefined;
  readonly said: () => string | undefined;
}

async function answer(exchange: Exchange): Promise<void> {
  const { request, response, options } = exchange;
  const received = {
    url: `${request.method ?? ''} ${request.url ?? ''}`,
    key: request.headers.authorization,
    body: parseJson(await bodyOf(request)),
  };
  const refused = refusal(received, options);
  if (refused !== null) send(response, refused.status, errorBody(refused.message));
  else if (received.url === CHAT) answerChat(exchange, ChatBody.parse(received.body));
  else answerEmbeddings(exchange, EmbeddingBody.parse(received.body));
}

function answerEmbeddings({ response, options, requests, fault: next }: Exchange, asked: Request): void {
  requests.push({ model: asked.model, input: listOf(asked.input) });
  respond(response, next(), (fault) => JSON.stringify(embeddings(asked, options, fault)));
}

function answerChat({ response, chats, fault: next, said }: Exchange, asked: ChatRequest): void {
  chats.push(asked);
  const completion = (fault: Fault) => chatCompletion(asked, fault === undefined ? said() : undefined, fault);
  respond(response, next(), (fault) => JSON.stringify(completion(fault)));
}

type Fault = OpenAiFault | undefined;

function respond(response: ServerResponse, fault: Fault, body: (fault: Fault) => string): void {
  if (fault?.kind === 'silence') return;
  if (fault?.kind === 'rate-limited') {
    if (fault.retryAfterSeconds !== null) response.setHeader('retry-after', String(fault.retryAfterSeconds));
    send(response, 429, errorBody('Rate limit reached'));
    return;
  }
  if (fault?.kind === 'status') {
    send(response, fault.status, errorBody('injected'));
    return;
  }
  const text = body(fault);
  send(response, 200, fault?.kind === 'truncated' ? text.slice(0, text.length / 2) : text);
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
  readonly body: unknown;
}

const CHAT = 'POST /v1/chat/completions';
const BODIES: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ['POST /v1/embeddings', EmbeddingBody],
  [CHAT, ChatBody],
]);

/** null = the request is as the API wants it. */
function refusal({ url, key, body }: Received, options: OpenAiSandboxOptions): Refusal | null {
  const { apiKey } = options;
  const form = BODIES.get(url);
  if (form === undefined) return { status: 404, message: 'not found' };
  if (apiKey !== undefined && key !== `Bearer ${apiKey}`) return { status: 401, message: 'Incorrect API key provided' };
  const parsed = form.safeParse(body);
  const message = parsed.success ? unknownIn(body, options) : z.prettifyError(parsed.error);
  return message === null ? null : { status: 400, message };
}

/** What a server with fewer abilities says; null = it has them all. */
function unknownIn(body: unknown, options: OpenAiSandboxOptions): string | null {
  const { refusesDimensions = false, refusesCompletionTokens = false } = options;
  const has = (name: string): boolean => typeof body === 'object' && body !== null && Object.hasOwn(body, name);
  if (refusesDimensions && has('dimensions')) return 'this model does not support changing dimensions';
  return refusesCompletionTokens && has('max_completion_tokens')
    ? 'Unrecognized request argument supplied: max_completion_tokens'
    : null;
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
