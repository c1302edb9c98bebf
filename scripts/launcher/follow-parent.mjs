// Preloaded into every child that the launcher starts: when the launcher is gone, however it died, its end of the IPC
// channel closes, and the child ends as if it had been asked to.
import { isMainThread } from 'node:worker_threads';

const GRACE_MS = 12_000;

if (isMainThread && process.channel) {
  process.once('disconnect', () => {
    // A child without a handler for SIGTERM ends at once; one with a handler shuts down in order.
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE_MS).unref();
  });
  // The processes that this child starts have it for a parent, not us.
  const preload = process.execArgv.findIndex((arg) => arg === import.meta.url);
  if (preload > 0) process.execArgv.splice(preload - 1, 2);
  // The channel alone must not keep a finished script alive.
  process.channel.unref();
}
