import { createServer, type ServerResponse } from 'node:http';
import { listen } from '../listen.ts';
import { createChanges } from '../messenger/changes.ts';
import type { ChatHost } from '../messenger/chat-control.ts';
import { Act, Person, type ActInput, type PersonInput } from '../messenger/conversation.ts';
import type { Result } from '../messenger/fault-answers.ts';
import { createFaults, type FaultInput } from '../messenger/faults.ts';
import { createFiles } from '../messenger/files.ts';
import { createUpdateLog } from '../messenger/update-log.ts';
import { createWebhooks } from '../messenger/webhook.ts';
import { createChatHost } from './chat-host.ts';
import { answerControl } from './control.ts';
import { handle } from './handle.ts';
import { createMaxRates, REAL_LIMITS, type MaxLimits } from './limits.ts';
import { meet } from './person.ts';
import { MaxRefusal } from './refusal.ts';
import { countersOf, type Counters, type MaxSandbox, type SeenRequest, type Violation } from './sandbox.ts';
import { createSettings } from './settings.ts';
import { createMaxStore, type MaxMessage } from './state.ts';
import { startDelivery } from './updates.ts';

export interface MaxApiOptions {
  /** Default 0: any free one. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Everything survives a restart there; default: in memory only. */
  readonly dataDir?: string | null;
  /** Default: MAX's. */
  readonly limits?: MaxLimits;
  /** ms on a steady clock, for the limits and the preparation of files. */
  readonly now?: () => number;
  /** Of the world, ms; default Date.now. */
  readonly clock?: () => number;
  /** How long a file is being prepared after its upload, ms; default 300. */
  readonly readyMs?: number;
  /** First pause after a webhook did not take an update, ms; default 500. */
  readonly retryMs?: number;
}

export interface MaxApi {
  readonly url: string;
  readonly port: number;
  /** What bots wrote, to this person. */
  messages(person?: number): readonly MaxMessage[];
  /** Requests that break a rule or a limit; a test fails on any. */
  readonly violations: readonly Violation[];
  /** The last thousand, in order. */
  readonly requests: readonly SeenRequest[];
  counters(): Counters;
  /** A fault's `method` is a route, e.g. `POST /messages`. */
  inject(...faults: readonly FaultInput[]): void;
  clearFaults(): void;
  /** The token gets 401 from now on. */
  revoke(token: string): void;
  /** These have started the bot, without it being told: it may write to them. */
  meet(bot: string, ...people: readonly PersonInput[]): void;
  /** A person does this in the chat with the bot. @throws Error when a person could not */
  act(bot: string, person: PersonInput, act: ActInput): void;
  /** The dialogs as people see them. */
  readonly chats: ChatHost;
  stop(): Promise<void>;
}

/** A MAX bot API on the loopback: real HTTP, checks every request, keeps MAX's limits, fails on demand. */
export async function startMaxApi(options: MaxApiOptions = {}): Promise<MaxApi> {
  const { host = '127.0.0.1' } = options;
  const sandbox = createSandbox(options);
  const chats = createChatHost(sandbox);
  const server = createServer((request, response) => {
    const answering = async (): Promise<void> => {
      if (await answerControl({ sandbox, host: chats }, request, response)) return;
      reply(response, await handle(sandbox, request));
    };
    answering().catch(() => response.destroy());
  });
  const port = await listen(server, options.port, host);
  sandbox.url = `http://${host}:${port}`;
  for (const subscription of sandbox.settings.now.subscriptions) startDelivery(sandbox, subscription);
  return {
    ...{ url: sandbox.url, port, chats, violations: sandbox.violations, requests: sandbox.requests },
    messages: (person) => sandbox.store.list(person ?? null),
    counters: () => countersOf(sandbox),
    inject: (...faults) => {
      for (const fault of faults) sandbox.faults.add(fault);
    },
    clearFaults: () => sandbox.faults.clear(),
    revoke: (token) => void sandbox.revoked.add(token),
    meet: (bot, ...people) => {
      const known = people.map((person) => Person.parse(person));
      meet(sandbox, bot, known);
    },
    act: (bot, person, act) => chats.act(bot, Person.parse(person), Act.parse(act)),
    async stop() {
      sandbox.webhooks.stopAll();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function createSandbox(options: MaxApiOptions): MaxSandbox {
  const { dataDir = null, readyMs = 300, retryMs = 500, clock = Date.now } = options;
  const now = options.now ?? (() => performance.now());
  const changes = createChanges();
  const updates = createUpdateLog(dataDir);
  return {
    ...{ url: '', changes, updates, clock, limited: 0, violations: [], requests: [], faults: createFaults() },
    ...{ files: createFiles(dataDir), store: createMaxStore(dataDir, changes) },
    ...{ settings: createSettings(dataDir, changes), rates: createMaxRates(options.limits ?? REAL_LIMITS, now) },
    webhooks: createWebhooks({ log: updates, retryMs, timeoutMs: 30_000 }),
    uploads: { open: new Map(), readyAt: new Map(), now, readyMs },
    ...{ presses: new Map(), toasts: new Map(), polling: new Set(), counts: new Map() },
    ...{ revoked: new Set(), seen: new Set() },
  };
}

function reply(response: ServerResponse, result: Result<MaxRefusal>): void {
  if (result === 'drop') {
    response.destroy();
    return;
  }
  const status = result instanceof MaxRefusal ? result.status : 200;
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(
    JSON.stringify(result instanceof MaxRefusal ? { code: result.code, message: result.message } : result.ok),
  );
}
