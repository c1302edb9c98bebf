import type { UpdateDefinition } from '@temporalio/common';
import { allHandlersFinished, condition, setHandler, workflowInfo } from '@temporalio/workflow';
import {
  openedUpdate,
  planAgainSignal,
  plannedQuery,
  type Changed,
  type ChangeInput,
  type MomentInput,
  type Planned,
  type PromiseInput,
} from '../../contracts/agenda.ts';

/** How one kind of promise is kept. The activities hold the truth in their rows; the workflow only knows when to come again. */
export interface Keeping<Create, Change, Outcome> {
  /** Stores `create` where the row is absent, and says what comes next. */
  plan(input: MomentInput<Create>): Promise<Planned>;
  /** Does what is due by now, at most once, and says what comes next. */
  fire(input: { readonly id: string; readonly nowMs: number }): Promise<Planned>;
  change(input: ChangeInput<Change>): Promise<Changed<Outcome>>;
  readonly update: UpdateDefinition<Outcome, [Change]>;
  /** Refuses a change that can never be right. @throws ApplicationFailure */
  check(change: Change, nowMs: number): void;
  again(input: PromiseInput<Create>): Promise<never>;
}

const OVER: Planned = { next: { state: 'over' }, version: 0 };

interface Run {
  planned: Planned | null;
  /** It has to be planned anew. */
  stale: boolean;
}

/** Waits for the next moment, does what is due then, and takes changes meanwhile, until the promise is over. */
export async function keepPromise<Create, Change, Outcome>(
  input: PromiseInput<Create>,
  keeping: Keeping<Create, Change, Outcome>,
): Promise<void> {
  const { id, planned = null } = input;
  const run: Run = { planned, stale: planned === null };
  listen(run, id, keeping);
  while (!(await isOver(run))) {
    if (run.stale || run.planned === null) {
      run.stale = false;
      // What was stored once and is gone stays gone.
      const create = run.planned === null && input.create !== undefined ? { create: input.create } : {};
      take(run, await keeping.plan({ id, nowMs: Date.now(), ...create }));
    } else if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      if (!run.stale) await keeping.again({ id, planned: run.planned });
    } else if (await isDue(run, run.planned)) {
      take(run, await keeping.fire({ id, nowMs: Date.now() }));
    }
  }
}

function listen<Create, Change, Outcome>(run: Run, id: string, keeping: Keeping<Create, Change, Outcome>): void {
  setHandler(plannedQuery, () => run.planned);
  setHandler(planAgainSignal, () => void (run.stale = true));
  setHandler(openedUpdate, async () => {
    await condition(() => run.planned !== null);
    return run.planned ?? OVER;
  });
  const apply = async (change: Change): Promise<Outcome> => {
    await condition(() => run.planned !== null); // the row is there
    const changed = await keeping.change({ id, nowMs: Date.now(), change });
    take(run, changed.planned);
    return changed.outcome;
  };
  setHandler(keeping.update, apply, {
    validator: (change: Change) => {
      keeping.check(change, Date.now());
    },
  });
}

/** Answers arrive in any order: an older one changes nothing. */
function take(run: Run, planned: Planned): void {
  if (run.planned === null || planned.version >= run.planned.version) run.planned = planned;
}

/** A change that is being made may take the promise up again. */
async function isOver(run: Run): Promise<boolean> {
  const seemsOver = (): boolean => run.planned?.next.state === 'over' && !run.stale;
  if (seemsOver()) await condition(() => allHandlersFinished() || !seemsOver());
  return seemsOver();
}

/** Waits until the moment has come; false = something has changed before. */
async function isDue(run: Run, known: Planned): Promise<boolean> {
  const { next } = known;
  const isChanged = (): boolean => run.stale || run.planned !== known;
  if (next.state !== 'waits') {
    await condition(isChanged);
    return false;
  }
  const waitMs = next.atMs - Date.now();
  return waitMs <= 0 || !(await condition(isChanged, waitMs));
}
