import type { ServerResponse } from 'node:http';
import type { Changes } from './changes.ts';
import { ActRequest, type Act, type Bot, type Conversation, type Person } from './conversation.ts';

/** What a messenger lets people do: the same control API for both. */
export interface ChatHost {
  readonly changes: Changes;
  bots(): readonly Bot[];
  conversation(bot: string, person: number, language: string | null): Omit<Conversation, 'version'>;
  /** @throws Error when a person could not do that */
  act(bot: string, person: Person, act: Act): void;
  file(hash: string): Buffer | null;
}

export interface ControlCall {
  /** `GET /control/chat`. */
  readonly route: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export const FILES = '/control/files/';
const LONGEST_WAIT_MS = 25_000;

/** Answers `bots`, `chat` and `acts`; undefined = something else was asked. @throws Error */
export async function chatControl(host: ChatHost, { route, query, body }: ControlCall): Promise<unknown> {
  switch (route) {
    case 'GET /control/bots':
      return { bots: host.bots() };
    case 'GET /control/chat': {
      const after = query.get('after');
      if (after !== null) await host.changes.after(Number(after), Math.min(waitMs(query), LONGEST_WAIT_MS));
      const bot = query.get('bot') ?? onlyListener(host);
      const { version } = host.changes;
      return { version, ...host.conversation(bot, Number(query.get('person')), query.get('language')) };
    }
    case 'POST /control/acts': {
      const { bot, person, act } = ActRequest.parse(body);
      host.act(bot ?? onlyListener(host), person, act);
      return { ok: true };
    }
    default:
      return undefined;
  }
}

const waitMs = (query: URLSearchParams): number => Number(query.get('wait') ?? LONGEST_WAIT_MS);

function onlyListener(host: ChatHost): string {
  const listening = host.bots().filter(({ listens }) => listens);
  const [bot] = listening;
  if (bot === undefined) throw new Error('no bot listens yet');
  if (listening.length > 1) throw new Error('several bots listen: name one as bot');
  return bot.id;
}

const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  ics: 'text/calendar; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
};

/** Answers `/control/files/HASH/NAME`. */
export function answerFile(host: ChatHost, pathname: string, response: ServerResponse): void {
  const [hash = '', name = ''] = decodeURIComponent(pathname.slice(FILES.length)).split('/');
  const bytes = host.file(hash);
  const type = TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? typeByContent(bytes);
  response.writeHead(bytes === null ? 404 : 200, { 'content-type': type });
  response.end(bytes ?? undefined);
}

/** Uploads of pictures often have no name. */
function typeByContent(bytes: Buffer | null): string {
  const magic = bytes?.subarray(0, 3).toString('hex');
  if (magic === '89504e') return 'image/png';
  return magic === 'ffd8ff' ? 'image/jpeg' : 'application/octet-stream';
}

export const filePath = (hash: string, name: string): string => `${FILES}${hash}/${encodeURIComponent(name)}`;
