import type { Fault } from './control.ts';

interface ArmedFault {
  readonly fault: Fault;
  readonly pattern: RegExp;
  seen: number;
}

/** The faults that wait for their requests. */
export class FaultList {
  #armed: ArmedFault[] = [];

  add(faults: readonly Fault[]): void {
    this.#armed.push(...faults.map((fault) => ({ fault, pattern: globToRegExp(fault.path), seen: 0 })));
  }

  clear(): void {
    this.#armed = [];
  }

  /** The first fault due for this request; the request counts for that one alone. */
  take(pathAndQuery: string): Fault | undefined {
    for (const armed of this.#armed) {
      if (!armed.pattern.test(pathAndQuery)) continue;
      const { after, times } = armed.fault;
      if (times !== null && armed.seen >= after + times) continue;
      armed.seen += 1;
      if (armed.seen > after) return armed.fault;
    }
    return undefined;
  }
}

function globToRegExp(glob: string): RegExp {
  const parts = glob.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
