import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ChangeFollower } from '../../api/change-follower.ts';
import type { DropChange } from '../../db/repositories/drops-read.ts';

const AT_ONCE = 2;

const drop = (id: string) => ({
  ...{ id, kind: 'release' as const, state: 'running' as const, detectedAt: '2026-01-01T00:00:00.000Z' },
  ...{ stopAt: null, runAt: null, finishedAt: null, round: 0, gifts: 1, spentStars: 0, openStars: 0 },
  purchases: { planned: 0, form: 0, sending: 0, paid: 0, rejected: 0, unknown: 0 },
  ...{ firstFormMs: null, report: null },
});

/** Stands for Postgres: drops that transactions changed which have ended, and the oldest transaction that has not. */
class Drops {
  /** Drop id → number of the transaction. */
  readonly changed = new Map<string, number>();
  oldestOpen = 1;

  end(change: number, dropId: string = randomUUID()): string {
    this.changed.set(dropId, change);
    return dropId;
  }

  follow(from: number): () => Promise<{ drops: string[]; id: number | null }> {
    const follower = new ChangeFollower(
      {
        atOnce: AT_ONCE,
        drop: (dropId) => Promise.resolve(drop(dropId)),
        changes: (after) => {
          const rows = [...this.changed].filter(([, change]) => change > after.change);
          const changes = rows
            .map(([dropId, change]): DropChange => ({ change, rowId: dropId, dropId, purchase: null }))
            .toSorted((a, b) => a.change - b.change);
          return Promise.resolve({ changes: changes.slice(0, AT_ONCE), settled: this.oldestOpen - 1 });
        },
      },
      from,
    );
    return async () => {
      const drops: string[] = [];
      let id: number | null = null;
      for await (const text of follower.look()) {
        drops.push(/"id":"([^"]+)"/.exec(text)?.[1] ?? '');
        id = Number(/^id: (\d+)$/m.exec(text)?.[1]);
      }
      return { drops, id };
    };
  }
}

test('who began before and ended after what was told is told, and nothing is told twice', async () => {
  const drops = new Drops();
  drops.oldestOpen = 5; // 5 is under way
  const look = drops.follow(4);
  const quick = drops.end(6);
  expect(await look()).toEqual({ drops: [quick], id: 4 });
  expect(await look()).toEqual({ drops: [], id: null });
  const slow = drops.end(5);
  drops.oldestOpen = 7;
  expect(await look()).toEqual({ drops: [slow], id: 6 });
  expect(await look()).toEqual({ drops: [], id: null });
  // Whoever left before the slow one had ended comes back with the id of then.
  expect((await drops.follow(4)()).drops).toEqual([slow, quick]);
});

test('a drop that changes again is told again', async () => {
  const drops = new Drops();
  drops.oldestOpen = 3;
  const look = drops.follow(2);
  const id = drops.end(4);
  expect((await look()).drops).toEqual([id]);
  drops.end(5, id);
  expect((await look()).drops).toEqual([id]);
});

test('more than a page is told in one look, under one new id', async () => {
  const drops = new Drops();
  const ids = [10, 11, 12, 13, 14].map((change) => drops.end(change));
  drops.oldestOpen = 15;
  expect(await drops.follow(9)()).toEqual({ drops: ids, id: 14 });
});
