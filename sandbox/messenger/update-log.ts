import { z } from 'zod';
import { createChanges } from './changes.ts';
import { openLines } from './lines.ts';

const Update = z.record(z.string(), z.unknown());
const Queued = z.object({
  queue: z.string(),
  id: z.int(),
  /** Updates of one chat are delivered one after the other. */
  chat: z.string(),
  update: Update,
});
/** What a bot is to be told of; ids grow over all queues. */
export type QueuedUpdate = z.output<typeof Queued>;

const Line = z.union([
  Queued,
  z.object({ queue: z.string(), done: z.int() }),
  z.object({ queue: z.string(), before: z.int() }),
  z.object({ lastId: z.int() }),
]);
type Line = z.output<typeof Line>;

export interface UpdateLog {
  /** `make` gets the id, for updates that carry it. */
  push(queue: string, chat: string, make: (id: number) => Readonly<Record<string, unknown>>): void;
  /** In their order, until they are confirmed. */
  pending(queue: string): Iterable<QueuedUpdate>;
  size(queue: string): number;
  done(queue: string, id: number): void;
  doneBefore(queue: string, id: number): void;
  readonly lastId: number;
  /** Resolves with the next push or confirmation of anybody, or after this long. */
  changed(withinMs: number): Promise<void>;
}

/** Updates by queue. With a folder they and their ids survive a restart: an id that comes again would be taken for a repeat. */
export function createUpdateLog(folder: string | null): UpdateLog {
  const queues = new Map<string, Map<number, QueuedUpdate>>();
  const changes = createChanges();
  const lines = openLines(folder, 'updates.jsonl');
  let lastId = 0;

  const queueOf = (name: string): Map<number, QueuedUpdate> => {
    const queue = queues.get(name) ?? new Map<number, QueuedUpdate>();
    queues.set(name, queue);
    return queue;
  };
  const apply = (line: Line): void => {
    if ('lastId' in line) lastId = Math.max(lastId, line.lastId);
    else if ('update' in line) {
      lastId = Math.max(lastId, line.id);
      queueOf(line.queue).set(line.id, line);
    } else if ('done' in line) queueOf(line.queue).delete(line.done);
    else for (const id of queueOf(line.queue).keys()) if (id < line.before) queueOf(line.queue).delete(id);
  };
  const write = (line: Line): void => {
    apply(line);
    lines.append(line);
    changes.touch();
  };

  for (const line of lines.read()) apply(Line.parse(line));
  lines.rewrite([{ lastId }, ...[...queues.values()].flatMap((queue) => [...queue.values()])]);
  return {
    push: (queue, chat, make) => write({ queue, id: lastId + 1, chat, update: make(lastId + 1) }),
    pending: (queue) => queueOf(queue).values(),
    size: (queue) => queueOf(queue).size,
    done: (queue, id) => write({ queue, done: id }),
    doneBefore: (queue, id) => write({ queue, before: id }),
    get lastId() {
      return lastId;
    },
    changed: async (withinMs) => await changes.after(changes.version, withinMs),
  };
}
