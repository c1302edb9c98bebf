import { createServer, type Server } from 'node:http';
import type { Express } from 'express';

const DRAIN_MS = 8000;

/** Listens; the address as a URL. @throws when the port is taken */
export async function listen(app: Express, at: { readonly host: string; readonly port: number }) {
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, resolve);
  });
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : at.port;
  const host = at.host.includes(':') ? `[${at.host}]` : at.host;
  return { server, url: `http://${host}:${port}` };
}

/** Takes no more connections and lets requests end; what is not done after 8 s is cut off. */
export async function drain(server: Server): Promise<void> {
  const cut = setTimeout(() => {
    server.closeAllConnections();
  }, DRAIN_MS);
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeIdleConnections();
  });
  clearTimeout(cut);
}
