/** At most `count` in any `windowMs`. */
export interface Allowance {
  readonly count: number;
  readonly windowMs: number;
}

/** One thing that is counted: `kind` for the peaks, `key` for whom. */
export interface Counted<K extends string> {
  readonly kind: K;
  readonly key: string;
  readonly allowance: Allowance;
}

export interface Windows<K extends string> {
  /** Counts it everywhere; or, without counting it anywhere, says for how long too many were taken, ms. */
  take(counted: readonly Counted<K>[]): number | null;
  /** The most that any window of this kind held. */
  peak(kind: K): number;
}

/** @param now  ms on a steady clock; injected so that tests need not wait */
export function createWindows<K extends string>(now: () => number): Windows<K> {
  const logs = new Map<string, readonly number[]>();
  const peaks = new Map<K, number>();
  return {
    take(counted) {
      const at = now();
      const windows = counted.map(({ kind, key, allowance }) => {
        const name = `${kind} ${key}`;
        const recent = (logs.get(name) ?? []).filter((time) => time > at - allowance.windowMs);
        const blocking = recent.at(-allowance.count);
        const waitMs = blocking === undefined ? 0 : blocking + allowance.windowMs - at;
        return { kind, name, recent, waitMs };
      });
      const waitMs = Math.max(0, ...windows.map((window) => window.waitMs));
      if (waitMs > 0) return waitMs;
      for (const { kind, name, recent } of windows) {
        logs.set(name, [...recent, at]);
        peaks.set(kind, Math.max(peaks.get(kind) ?? 0, recent.length + 1));
      }
      return null;
    },
    peak: (kind) => peaks.get(kind) ?? 0,
  };
}
