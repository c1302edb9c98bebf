// guard.ts PIDFILE PROGRAM [ARGUMENTS]: runs a program that is not ours and ends it, with all it started, when the
// launcher ends, however the launcher ends. A PIDFILE other than `-` also finds what a killed guard left behind.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const GRACE_MS = 8000;
const [pidFile = '-', program = '', ...args] = process.argv.slice(2);

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended already.
  }
}

/** Ends the program that an earlier guard, killed before it could, has left running. */
function endLeftover(): void {
  if (pidFile === '-' || !existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  const { stdout } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  // The number may belong to another program by now.
  if (pid > 0 && stdout.startsWith(program)) signalGroup(pid, 'SIGKILL');
  rmSync(pidFile);
}

endLeftover();
// Before there is a program: asked in between, the guard would end and leave it behind.
process.once('SIGTERM', endProgram);
const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: true });
if (pidFile !== '-' && child.pid !== undefined) {
  mkdirSync(dirname(pidFile), { recursive: true });
  writeFileSync(pidFile, String(child.pid));
}
child.once('error', (err) => {
  process.stderr.write(`${program} cannot be started: ${err.message}\n`);
  process.exit(127);
});
child.once('exit', (code) => {
  if (pidFile !== '-') rmSync(pidFile, { force: true });
  process.exit(code ?? 1);
});

function endProgram(): void {
  const { pid } = child;
  if (pid === undefined) return;
  signalGroup(pid, 'SIGTERM');
  setTimeout(() => {
    signalGroup(pid, 'SIGKILL');
  }, GRACE_MS).unref();
}
