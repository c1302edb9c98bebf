import { pino, type DestinationStream, type Logger } from 'pino';
import type { Config } from './env.ts';

const REDACTED = '[redacted]';
// Works on the finished line, so it holds at any depth and for secrets inside messages and stacks.
const SENSITIVE_FIELD =
  /("[^"\\]*(?:passw|secret|token|authorization|cookie|api[-_]?key|private[-_]?key)[^"\\]*":)("(?:[^"\\]|\\.)*"|\[[^\]]*\])/giu;
const BEARER = /\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gu;
const URL_CREDENTIALS = /([a-z][a-z0-9+.-]*:\/\/)[^\s"/@:]*:[^\s"/@]*@/giu;

/** Replaces known secret values, sensitive fields, bearer tokens and passwords in URLs in one finished log line. */
export function redactLine(line: string, secrets: readonly string[]): string {
  let safe = line;
  for (const secret of secrets) safe = safe.replaceAll(JSON.stringify(secret).slice(1, -1), REDACTED);
  return safe
    .replace(SENSITIVE_FIELD, `$1"${REDACTED}"`)
    .replace(BEARER, `$1 ${REDACTED}`)
    .replace(URL_CREDENTIALS, `$1${REDACTED}@`);
}

type LoggerConfig = Pick<Config, 'LOG_LEVEL' | 'secrets'>;

/** JSON lines on stdout under the name of the process (`api`, `worker`, …); secrets never get out. */
export function createLogger(config: LoggerConfig, name: string, destination?: DestinationStream): Logger {
  const options = {
    name,
    level: config.LOG_LEVEL,
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: { streamWrite: (line: string) => redactLine(line, config.secrets) },
  };
  // Written at once: on exit, pino's usual stream writes its rest to a pipe that nobody reads any more for ever.
  return pino(options, destination ?? pino.destination({ fd: 1, sync: true }));
}
