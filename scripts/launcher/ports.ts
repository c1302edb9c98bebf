import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { basename, relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SetupError } from './errors.ts';

/** A port that we are about to listen on. */
export interface PortClaim {
  /** What we need it for, as people call it. */
  readonly what: string;
  readonly port: number;
  /** The environment variable that moves it. */
  readonly variable: string;
}

/** How long the remains of an earlier start may take to let go of their ports. */
const RELEASE_MS = 6000;

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

/** True when something accepts connections there within `timeoutMs`. */
export function isListening(host: string, port: number, timeoutMs = 1000): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const end = (answer: boolean) => (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false));
  });
}

function socketInode(port: number): string | undefined {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const row of readFileSync(table, 'utf8').split('\n')) {
      const [, local, , state, , , , , , inode] = row.trim().split(/\s+/);
      if (state === '0A' && local?.endsWith(`:${hexPort}`)) return inode;
    }
  }
  return undefined;
}

function holdsSocket(pid: string, inode: string): boolean {
  try {
    const files = readdirSync(`/proc/${pid}/fd`);
    return files.some((file) => readlinkSync(`/proc/${pid}/fd/${file}`) === `socket:[${inode}]`);
  } catch {
    return false; // not ours to look into, or gone meanwhile
  }
}

/** `node …/api/main.ts` for a script, the program's name for anything else. */
function commandOf(pid: string): string {
  const [program = '', ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  const script = args.find((arg) => /\.[cm]?[jt]s$/.test(arg) && !arg.startsWith('file:'));
  return script === undefined ? basename(program) : `${basename(program)} ${relative(process.cwd(), script)}`;
}

/** Who listens on a port, as far as this system tells (Linux only): ` by node api/main.ts (pid 12)`, or ''. */
function ownerOf(port: number): string {
  try {
    const inode = socketInode(port);
    const pid = inode && readdirSync('/proc').find((name) => /^\d+$/.test(name) && holdsSocket(name, inode));
    return pid ? ` by ${commandOf(pid)} (pid ${pid})` : '';
  } catch {
    return '';
  }
}

/** Those of `claims` that are still taken at `untilMs`; what an earlier start leaves behind goes within seconds. */
async function takenUntil(claims: readonly PortClaim[], untilMs: number): Promise<readonly PortClaim[]> {
  let taken = claims;
  for (;;) {
    const free = await Promise.all(taken.map(({ port }) => isFree(port)));
    taken = taken.filter((_, index) => free[index] === false);
    if (taken.length === 0 || Date.now() >= untilMs) return taken;
    await delay(250);
  }
}

/** @throws SetupError naming every port that is in use, by whom, and the variable that moves it */
export async function claimPorts(claims: readonly PortClaim[], releaseMs = RELEASE_MS): Promise<void> {
  const twice = claims.filter(({ port }, index) => claims.findIndex((claim) => claim.port === port) < index);
  const taken = await takenUntil(claims, Date.now() + releaseMs);
  const lines = [
    ...twice.map(({ what, port, variable }) => `${what}: port ${port} is given twice. Set ${variable} to another one.`),
    ...taken.map(
      ({ what, port, variable }) =>
        `${what}: port ${port} is in use${ownerOf(port)}. Stop that program, or set another port: ${variable}=${port + 1} npm start`,
    ),
  ];
  if (lines.length > 0) throw new SetupError(lines.join('\n'));
}
