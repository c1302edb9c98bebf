import { isRecord } from './lenient-json.ts';

/** The value at a dot path (`offers.0.price`) of parsed JSON; '' is the value itself, undefined when a step is missing. */
export function atPath(value: unknown, path: string): unknown {
  if (path === '') return value;
  let at: unknown = value;
  for (const step of path.split('.')) {
    if (Array.isArray(at)) at = /^\d+$/.test(step) ? at[Number(step)] : undefined;
    else if (isRecord(at) && Object.hasOwn(at, step)) at = at[step];
    else return undefined;
  }
  return at;
}
