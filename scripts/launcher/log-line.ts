export interface LogLine {
  /** pino's number: 30 info, 40 warn, 50 error. */
  readonly level: number;
  readonly message: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** What a child's line says to people: a pino line by its message and the error in it, any other line as it is. */
export function readLogLine(line: string): LogLine {
  const value = parse(line);
  if (!isRecord(value) || typeof value['level'] !== 'number') return { level: 0, message: line };
  const { msg, err } = value;
  const message = typeof msg === 'string' ? msg : '';
  const cause = isRecord(err) && typeof err['message'] === 'string' ? err['message'] : '';
  return { level: value['level'], message: cause === '' || message.includes(cause) ? message : `${message}: ${cause}` };
}
