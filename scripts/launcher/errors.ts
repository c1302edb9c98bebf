/** Something that the person at the keyboard can put right; the message says how, and no stack is shown. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}

/** Something was given up because everything is being ended; no news to anybody. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/** The message for people: without stack when the cause is theirs, with it when it is ours. */
export function explain(err: unknown): string {
  if (!(err instanceof Error)) return String(err);
  const known = err instanceof SetupError || err.name === 'ConfigError';
  return known ? err.message : (err.stack ?? err.message);
}
