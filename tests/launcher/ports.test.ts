import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { claimPorts, isListening } from '../../scripts/launcher/ports.ts';

const open: Server[] = [];

function occupy(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  open.push(server);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve({ server, port: typeof address === 'object' && address !== null ? address.port : 0 });
    });
  });
}

afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

test('a port in use is said by name, with who holds it and what to set', async () => {
  const { port } = await occupy();
  const claim = claimPorts([{ what: 'API and page', port, variable: 'GIFTY_API_PORT' }], 0);
  const holder = process.platform === 'linux' ? ` by \\S.* \\(pid ${process.pid}\\)` : '';
  await expect(claim).rejects.toThrow(
    new RegExp(`API and page: port ${port} is in use${holder}.*GIFTY_API_PORT=${port + 1} npm start`),
  );
});

test('all ports in use are said at once', async () => {
  const [first, second] = [await occupy(), await occupy()];
  const claims = [
    { what: 'A', port: first.port, variable: 'VARIABLE_A' },
    { what: 'B', port: second.port, variable: 'VARIABLE_B' },
  ];
  await expect(claimPorts(claims, 0)).rejects.toThrow(/VARIABLE_A[^]*VARIABLE_B/);
});

test('a port that the remains of an earlier start let go of in time is no problem', async () => {
  const { server, port } = await occupy();
  const claimed = claimPorts([{ what: 'API', port, variable: 'GIFTY_API_PORT' }], 10_000);
  server.close();
  await expect(claimed).resolves.toBeUndefined();
});

test('one port for two things is refused', async () => {
  const { server, port } = await occupy();
  await new Promise((resolve) => server.close(resolve));
  const claims = [
    { what: 'A', port, variable: 'VARIABLE_A' },
    { what: 'B', port, variable: 'VARIABLE_B' },
  ];
  await expect(claimPorts(claims, 0)).rejects.toThrow(`B: port ${port} is given twice. Set VARIABLE_B`);
});

test('listening is told from not listening', async () => {
  const { server, port } = await occupy();
  expect(await isListening('127.0.0.1', port)).toBe(true);
  await new Promise((resolve) => server.close(resolve));
  expect(await isListening('127.0.0.1', port)).toBe(false);
});
