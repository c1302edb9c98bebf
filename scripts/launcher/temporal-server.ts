import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isListening } from './ports.ts';
import type { Service } from './supervisor.ts';

export interface TemporalServerOptions {
  /** The Temporal CLI. */
  readonly cli: string;
  /** Folder of the server's database and log. */
  readonly dataDir: string;
  readonly port: number;
  /** Port of the Web UI; null = without. */
  readonly uiPort: number | null;
  /** Base address of the API whose codec endpoint decodes payloads for the Web UI. */
  readonly apiUrl: string;
  readonly namespace: string;
}

/** What the development server is started with. */
function serverArguments({ dataDir, port, uiPort, apiUrl, namespace }: TemporalServerOptions): string[] {
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--namespace', namespace],
    ...['--db-filename', join(dataDir, 'temporal', 'temporal.db')],
    // Write-ahead log with a sync per checkpoint: twice as many workflows a second, and SIGKILL loses nothing.
    ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=1'],
    ...(uiPort === null
      ? ['--headless']
      : ['--ui-port', String(uiPort), '--ui-codec-endpoint', new URL('/codec', apiUrl).href]),
    ...['--log-level', 'error', '--log-format', 'json'],
  ];
}

/** The Temporal development server on a file, as a service that goes on from that file when it is started again. */
export function temporalService(options: TemporalServerOptions): Service {
  mkdirSync(join(options.dataDir, 'temporal'), { recursive: true });
  return {
    name: 'temporal',
    script: 'scripts/launcher/guard.ts',
    args: [join(options.dataDir, 'temporal', 'server.pid'), options.cli, ...serverArguments(options)],
    logFile: join(options.dataDir, 'log', 'temporal.log'),
    isReady: () => isListening('127.0.0.1', options.port, 200),
  };
}
