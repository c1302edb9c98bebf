import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { WORKER_ENV } from '../../scripts/launcher/worker-env.mjs';
import { freePort } from './free-port.ts';

const root = new URL('../../', import.meta.url).pathname;
const READY_MS = 90_000;

interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly ready: () => Promise<boolean>;
}

/** A real process that can be killed and started again. */
export class Killable {
  readonly #program: Program;
  #child: ChildProcess | null = null;

  constructor(program: Program) {
    this.#program = program;
  }

  /** Of the running process. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async start(): Promise<void> {
    const { command, args, env, ready } = this.#program;
    this.#child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const endsAt = performance.now() + READY_MS;
    while (!(await ready())) {
      if (performance.now() > endsAt) throw new Error(`${command} ${args[0] ?? ''} did not get ready`);
      await delay(50);
    }
  }

  /** SIGKILL: no goodbye, nothing flushed. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }
}

const listens = (port: number) => async (): Promise<boolean> =>
  await new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });

/** Which queues a worker process serves, and what it is told besides. */
export interface WorkerOptions {
  readonly queues: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Stack {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  /** Where the Temporal server keeps everything. */
  readonly temporalFile: string;
  readonly postgres: Killable;
  readonly temporal: Killable;
  readonly workers: readonly Killable[];
  /** One more worker process, not started yet; it ends with the stack. */
  addWorker(options: WorkerOptions): Killable;
  stop(): Promise<void>;
}

export interface StackOptions {
  /** Processes that serve every queue. */
  readonly workers: number;
  /** Hosts that may be crawled. */
  readonly fetchAllow: string;
}

/** Postgres, Temporal and workers as `npm start` runs them, each a process of its own; workers are not started yet. */
export async function startStack({ workers, fetchAllow }: StackOptions): Promise<Stack> {
  const cli = process.env['TEMPORAL_CLI'];
  if (cli === undefined) throw new Error('TEMPORAL_CLI is not set: run this through npm test');
  mkdirSync(join(root, '.cache'), { recursive: true });
  const dataDir = mkdtempSync(join(root, '.cache', 'faults-'));
  const [postgresPort, temporalPort] = [await freePort(), await freePort()];
  const databaseUrl = `postgres://postgres@127.0.0.1:${postgresPort}/postgres`;
  const temporalAddress = `127.0.0.1:${temporalPort}`;
  const temporalFile = join(dataDir, 'temporal.db');
  const env = {
    ...{ DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: temporalAddress, GIFTY_FETCH_ALLOW: fetchAllow },
    ...{ LOG_LEVEL: 'fatal', NODE_ENV: 'test' },
  };
  const postgres = new Killable({
    command: process.execPath,
    args: ['scripts/embedded-postgres.ts', '--port', String(postgresPort), '--data-dir', join(dataDir, 'postgres')],
    ready: listens(postgresPort),
  });
  const temporal = new Killable({
    command: cli,
    args: [
      ...['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(temporalPort)],
      ...['--db-filename', temporalFile, '--log-level', 'never'],
      ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=1'],
    ],
    ready: listens(temporalPort),
  });
  const worker = (args: readonly string[], extra: Readonly<Record<string, string>> = {}) =>
    new Killable({
      command: process.execPath,
      args: ['workers/main.ts', ...args],
      env: { ...env, ...WORKER_ENV, ...extra },
      ready: () => Promise.resolve(true),
    });
  const crew = Array.from({ length: workers }, () => worker([]));
  const added: Killable[] = [];
  await Promise.all([postgres.start(), temporal.start()]);
  return {
    ...{ databaseUrl, temporalAddress, temporalFile, postgres, temporal, workers: crew },
    addWorker({ queues, env: extra }) {
      const one = worker(['--queues', queues], extra);
      added.push(one);
      return one;
    },
    async stop() {
      for (const child of [...crew, ...added, temporal, postgres]) await child.kill();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
