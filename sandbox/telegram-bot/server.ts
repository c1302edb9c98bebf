import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createChanges } from '../messenger/changes.ts';
import { faulty, pause, type Result } from '../messenger/fault-answers.ts';
import { createFaults, type FaultInput } from '../messenger/faults.ts';
import type { ChatHost } from '../messenger/chat-control.ts';
import { Act, Person, type ActInput, type PersonInput } from '../messenger/conversation.ts';
import { createUpdateLog } from '../messenger/update-log.ts';
import { createWebhooks } from '../messenger/webhook.ts';
import { listen } from '../listen.ts';
import { createCallbacks } from './callbacks.ts';
import { createChatHost } from './chat-host.ts';
import { answerControl } from './control.ts';
import { check, SENDING, type CheckedCall } from './dispatch.ts';
import { createRateKeeper, REAL_LIMITS, type BotApiLimits } from './limits.ts';
import { Upload } from './multipart.ts';
import { blocked, Refusal, refusalBy, tooMany } from './refusal.ts';
import { readRequest, type BotRequest } from './request.ts';
import { methodNamed } from './schemas.ts';
import { countersOf, type Counters, type Sandbox, type SeenRequest, type Violation } from './sandbox.ts';
import { createChatStore, type ChatMessage } from './state.ts';
import { createSettings } from './settings.ts';
import { fileAt } from './media.ts';
import { pushUpdate, startWebhook } from './updates.ts';

export interface BotApiOptions {
  /** Default 0: any free one. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Messages survive a restart there; default: in memory only. */
  readonly dataDir?: string | null;
  /** Default: Telegram's. */
  readonly limits?: BotApiLimits;
  /** ms on a steady clock, for the limits. */
  readonly now?: () => number;
  /** Time on the way to every answer, ms; default 0. */
  readonly latencyMs?: number;
  /** First pause after a webhook did not take an update, ms; default 500. */
  readonly retryMs?: number;
}

export interface BotApi {
  readonly url: string;
  readonly port: number;
  messages(chatId?: string): readonly ChatMessage[];
  /** Requests that the real API would refuse for their form; a test fails on any. */
  readonly violations: readonly Violation[];
  /** The last thousand, in order. */
  readonly requests: readonly SeenRequest[];
  counters(): Counters;
  inject(...faults: readonly FaultInput[]): void;
  clearFaults(): void;
  /** The token gets 401 from now on. */
  revoke(token: string): void;
  /** The bot is told of this by getUpdates. */
  push(bot: string, update: Readonly<Record<string, unknown>>): void;
  /** A person does this in the chat with the bot. @throws Error when a person could not */
  act(bot: string, person: PersonInput, act: ActInput): void;
  /** The chats as people see them. */
  readonly chats: ChatHost;
  stop(): Promise<void>;
}

function createSandbox(options: BotApiOptions): Sandbox {
  const { dataDir = null, latencyMs = 0, retryMs = 500 } = options;
  const now = options.now ?? (() => performance.now());
  const changes = createChanges();
  const updates = createUpdateLog(dataDir);
  return {
    ...{ changes, updates, faults: createFaults(), limited: 0, latencyMs, violations: [], requests: [] },
    ...{ store: createChatStore(dataDir, changes), settings: createSettings(dataDir, changes) },
    ...{ rates: createRateKeeper(options.limits ?? REAL_LIMITS, now), callbacks: createCallbacks(now) },
    ...{ webhooks: createWebhooks({ log: updates, retryMs, timeoutMs: 60_000 }), polls: new Map() },
    ...{ counts: new Map<string, number>(), revoked: new Set<string>(), seen: new Set<string>() },
  };
}

/** A Bot API on the loopback: real HTTP, checks every request, keeps Telegram's limits, fails on demand. */
export async function startBotApi(options: BotApiOptions = {}): Promise<BotApi> {
  const { host = '127.0.0.1' } = options;
  const sandbox = createSandbox(options);
  const chats = createChatHost(sandbox);
  const server = createServer((request, response) => {
    answer({ sandbox, host: chats }, request, response).catch(() => response.destroy());
  });
  const port = await listen(server, options.port, host);
  for (const bot of Object.keys(sandbox.settings.now.webhooks)) startWebhook(sandbox, bot);
  return {
    url: `http://${host}:${port}`,
    port,
    messages: (chatId) => sandbox.store.list(chatId ?? null),
    violations: sandbox.violations,
    requests: sandbox.requests,
    counters: () => countersOf(sandbox),
    inject: (...faults) => {
      for (const fault of faults) sandbox.faults.add(fault);
    },
    clearFaults: () => sandbox.faults.clear(),
    revoke: (token) => void sandbox.revoked.add(token),
    push: (bot, update) => pushUpdate(sandbox, { bot, chat: '' }, update),
    act: (bot, person, act) => chats.act(bot, Person.parse(person), Act.parse(act)),
    chats,
    async stop() {
      sandbox.webhooks.stopAll();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const TOKEN = /^(\d{3,18}):[A-Za-z0-9_-]{30,}$/;
const KEPT_REQUESTS = 1_000;

interface Running {
  readonly sandbox: Sandbox;
  readonly host: ChatHost;
}

async function answer(running: Running, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (await answerControl(running, request, response)) return;
  const { sandbox } = running;
  if (answerDownload(sandbox, request, response)) return;
  const asked = await readRequest(request);
  const result = await handle(sandbox, asked).catch((err: unknown) => refusalOf(err));
  if (result === 'drop') response.destroy();
  else reply(response, result);
}

const DOWNLOAD = /^\/file\/bot([^/]+)\/(.+)$/;

function answerDownload(
  { store, revoked }: Sandbox,
  { url = '/' }: IncomingMessage,
  response: ServerResponse,
): boolean {
  const [, token = '', path = ''] = DOWNLOAD.exec(decodeURIComponent(url)) ?? [];
  if (path === '') return false;
  const bytes = TOKEN.test(token) && !revoked.has(token) ? fileAt(store, path) : null;
  response.writeHead(bytes === null ? 404 : 200, { 'content-type': 'application/octet-stream' });
  response.end(bytes ?? undefined);
  return true;
}

function refusalOf(err: unknown): Refusal {
  return err instanceof Refusal ? err : new Refusal(500, 'Internal Server Error');
}

async function handle(sandbox: Sandbox, asked: BotRequest | null): Promise<Result<Refusal>> {
  const bot = asked === null ? undefined : TOKEN.exec(asked.token)?.[1];
  if (asked === null || bot === undefined) return new Refusal(404, 'Not Found');
  if (sandbox.revoked.has(asked.token)) return new Refusal(401, 'Unauthorized');
  const method = methodNamed(asked.method);
  const violate = (problem: string): void => void sandbox.violations.push({ method: asked.method, problem });
  note(sandbox, asked);
  if (method === null) {
    violate('unknown method');
    return new Refusal(404, 'Not Found');
  }
  sandbox.seen.add(bot);
  const call = check(method, asked.parameters, violate);
  await pause(sandbox.latencyMs / 2);
  const fault = sandbox.faults.meet(call);
  const result = await faulty({ fault, refuse: refusalBy }, async () => {
    obeyLimits(sandbox, bot, call);
    obeyBlocks(sandbox, bot, call);
    return { ok: await call.run({ bot, sandbox, violate }) };
  });
  await pause(sandbox.latencyMs / 2);
  return result;
}

function note({ counts, requests }: Sandbox, { method, parameters }: BotRequest): void {
  counts.set(method, (counts.get(method) ?? 0) + 1);
  const shown = Object.entries(parameters).map(([name, value]): [string, unknown] => [
    name,
    value instanceof Upload ? { bytes: value.bytes.length } : value,
  ]);
  requests.push({ method, parameters: Object.fromEntries<unknown>(shown) });
  requests.splice(0, Math.max(0, requests.length - KEPT_REQUESTS));
}

/** @throws Refusal 429 */
function obeyLimits(sandbox: Sandbox, bot: string, { method, chatId }: CheckedCall): void {
  if (!SENDING.has(method) || chatId === null) return;
  const waitMs = sandbox.rates.take(bot, chatId);
  if (waitMs === null) return;
  sandbox.limited += 1;
  throw tooMany(Math.max(1, Math.ceil(waitMs / 1000)));
}

/** @throws Refusal 403 */
function obeyBlocks({ settings }: Sandbox, bot: string, { method, chatId }: CheckedCall): void {
  if (!SENDING.has(method) && method !== 'sendChatAction') return;
  if (settings.now.blocked.includes(`${bot} ${chatId ?? ''}`)) throw blocked();
}

function reply(response: ServerResponse, result: { readonly ok: unknown } | Refusal): void {
  const status = result instanceof Refusal ? result.status : 200;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(result instanceof Refusal ? refused(result) : { ok: true, result: result.ok }));
}

function refused({ status, message, retryAfterSeconds }: Refusal) {
  const parameters = retryAfterSeconds === null ? {} : { parameters: { retry_after: retryAfterSeconds } };
  return { ok: false, error_code: status, description: message, ...parameters };
}
