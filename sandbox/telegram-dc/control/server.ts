import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { ZodError, z } from 'zod';
import type { Commands } from './command-types.ts';
import { contract, type CommandSpec } from './contract.ts';
import { ControlError } from './control-error.ts';

type Handler = (body: unknown) => unknown;

/** The control API over HTTP: `POST /<command>` with a JSON object; `GET /public-key`. */
export function createControlServer(commands: Commands): Server {
  const handlers = handlersOf(commands);
  const publicKey = (): string => commands.status({}).publicKey;
  return createServer((request, response) => {
    if (request.method === 'GET' && request.url === '/public-key') send(response, 200, publicKey());
    else void answer(handlers, request, response);
  });
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(body);
}

async function answer(handlers: ReadonlyMap<string, Handler>, request: IncomingMessage, response: ServerResponse) {
  const handler = handlers.get((request.url ?? '').slice(1));
  if (request.method !== 'POST' || handler === undefined) {
    send(response, 404, `POST one of ${[...handlers.keys()].join(', ')}`);
    return;
  }
  try {
    const result = handler(await json(request));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
  } catch (error) {
    const [status, text] = refusal(error);
    send(response, status, text);
  }
}

function refusal(error: unknown): readonly [status: number, text: string] {
  if (error instanceof ZodError) return [422, z.prettifyError(error)];
  if (error instanceof ControlError) return [409, error.message];
  if (error instanceof SyntaxError) return [400, 'the body is no JSON'];
  return [500, error instanceof Error ? error.message : 'unknown error'];
}

function handlersOf(commands: Commands): Map<string, Handler> {
  const on =
    <Input extends z.ZodType, Output extends z.ZodType>(
      { input }: CommandSpec<Input, Output>,
      run: (input: z.output<Input>) => z.input<Output>,
    ): Handler =>
    (body) =>
      run(input.parse(body));
  return new Map([
    ['status', on(contract.status, commands.status)],
    ['addUser', on(contract.addUser, commands.addUser)],
    ['changeUser', on(contract.changeUser, commands.changeUser)],
    ['users', on(contract.users, commands.users)],
    ['codes', on(contract.codes, commands.codes)],
    ['revoke', on(contract.revoke, commands.revoke)],
    ['addAuthKey', on(contract.addAuthKey, commands.addAuthKey)],
    ['addChannel', on(contract.addChannel, commands.addChannel)],
    ['changeChannel', on(contract.changeChannel, commands.changeChannel)],
    ['channels', on(contract.channels, commands.channels)],
    ['releaseGifts', on(contract.releaseGifts, commands.releaseGifts)],
    ['changeGift', on(contract.changeGift, commands.changeGift)],
    ['gifts', on(contract.gifts, commands.gifts)],
    ['savedGifts', on(contract.savedGifts, commands.savedGifts)],
    ['addFaults', on(contract.addFaults, commands.addFaults)],
    ['faults', on(contract.faults, commands.faults)],
    ['clearFaults', on(contract.clearFaults, commands.clearFaults)],
    ['setRoundTrip', on(contract.setRoundTrip, commands.setRoundTrip)],
    ['advanceClock', on(contract.advanceClock, commands.advanceClock)],
    ['ledger', on(contract.ledger, commands.ledger)],
    ['ledgers', on(contract.ledgers, commands.ledgers)],
    ['requests', on(contract.requests, commands.requests)],
    ['clearRequests', on(contract.clearRequests, commands.clearRequests)],
    ['counters', on(contract.counters, commands.counters)],
    ['disconnect', on(contract.disconnect, commands.disconnect)],
  ]);
}
