import { setTimeout as delay } from 'node:timers/promises';
import { describeEnding, startChild, stopChild, type Child, type ChildSpec, type Ending } from './child.ts';
import { SetupError, StoppedError } from './errors.ts';
import { readLogLine } from './log-line.ts';

const STOP_GRACE_MS = 10_000;
const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 10_000;
/** A child that has run this long is healthy again: its next failure starts with the first pause. */
const HEALTHY_MS = 60_000;

export interface Service extends ChildSpec {
  /** True for the line that says the process is ready; absent = asked by `isReady` alone. */
  readonly readyLine?: (line: string) => boolean;
  /** Asked every 100 ms. */
  readonly isReady?: () => Promise<boolean>;
  readonly readyWithinMs?: number;
}

export interface Supervisor {
  /** Starts a service and waits until it is ready; from then on it is started again whenever it ends. @throws SetupError */
  start(service: Service): Promise<void>;
  /** Runs a script that ends by itself. @throws SetupError with what it said last when it fails */
  run(spec: ChildSpec): Promise<void>;
  /** Ends all services, the last started first. Safe to call twice. */
  stop(): Promise<void>;
}

/** The last errors of a child when it names any, else all of its last lines. */
function quote(tail: readonly string[]): string {
  const lines = tail.map(readLogLine);
  const errors = lines.filter(({ level }) => level >= 50);
  const told = errors.length > 0 ? errors : lines.filter(({ message }) => !/^\s+at /.test(message));
  return told.map(({ message }) => `    ${message}`).join('\n');
}

interface Readiness {
  readonly ready: Promise<void>;
  readonly onLine: (line: string) => void;
}

function readiness({ readyLine, isReady, onLine }: Service, given: AbortSignal): Readiness {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const poll = async (): Promise<void> => {
    while (isReady !== undefined && !given.aborted && !(await isReady())) await delay(100);
    resolve(undefined);
  };
  if (isReady !== undefined) void poll();
  return {
    ready: promise,
    onLine(line) {
      onLine?.(line);
      if (readyLine?.(line) === true) resolve(undefined);
    },
  };
}

/** Starts and restarts the processes of this start; `say` tells people what happened to them. */
export function createSupervisor(say: (text: string) => void): Supervisor {
  const children = new Map<string, Child>();
  const stopping = new AbortController();
  let stopped: Promise<void> | undefined;

  const isStopping = (): boolean => stopping.signal.aborted;

  async function keepAlive(service: Service, child: Child): Promise<void> {
    let backoffMs = FIRST_BACKOFF_MS;
    let current = child;
    for (;;) {
      const startedAtMs = Date.now();
      const ending = await current.ended;
      if (isStopping()) return;
      if (Date.now() - startedAtMs > HEALTHY_MS) backoffMs = FIRST_BACKOFF_MS;
      say(`  ! ${service.name} ${describeEnding(ending)}; starting it again (log: ${service.logFile})`);
      await delay(backoffMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (isStopping()) return;
      backoffMs = Math.min(backoffMs * 2, MAX_BACKOFF_MS);
      current = startChild(service);
      children.set(service.name, current);
    }
  }

  async function start(service: Service): Promise<void> {
    stopping.signal.throwIfAborted();
    const waiting = new AbortController();
    const { ready, onLine } = readiness(service, AbortSignal.any([waiting.signal, stopping.signal]));
    const child = startChild({ ...service, onLine });
    children.set(service.name, child);
    const withinMs = service.readyWithinMs ?? 60_000;
    const outcome = await Promise.race<Ending | 'ready' | 'late'>([
      ready.then(() => 'ready'),
      child.ended,
      delay(withinMs, 'late', { signal: waiting.signal, ref: false }),
    ]);
    waiting.abort();
    stopping.signal.throwIfAborted();
    if (outcome === 'ready') return void keepAlive(service, child);
    const why = outcome === 'late' ? `was not ready within ${withinMs / 1000} s` : describeEnding(outcome);
    const tail = outcome === 'late' ? [] : outcome.tail;
    throw new SetupError(`${service.name} ${why} (log: ${service.logFile})\n${quote(tail)}`);
  }

  async function run(spec: ChildSpec): Promise<void> {
    stopping.signal.throwIfAborted();
    const child = startChild(spec);
    children.set(spec.name, child);
    const ending = await child.ended;
    children.delete(spec.name);
    stopping.signal.throwIfAborted();
    if (ending.code !== 0) throw new SetupError(`${spec.name} ${describeEnding(ending)}\n${quote(ending.tail)}`);
  }

  async function stopAll(): Promise<void> {
    stopping.abort(new StoppedError('stopped'));
    for (const child of [...children.values()].reverse()) await stopChild(child, STOP_GRACE_MS);
  }

  return { start, run, stop: () => (stopped ??= stopAll()) };
}
