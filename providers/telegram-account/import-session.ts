import {
  convertFromGramjsSession,
  convertFromPyrogramSession,
  convertFromTelethonSession,
  DC_MAPPING_PROD,
} from '@mtcute/convert';
import { readStringSession, writeStringSession, type StringSessionData } from '@mtcute/core/utils.js';
import { DomainError } from '../../domain/shared/errors.ts';

const AUTH_KEY_BYTES = 256;
const MAX_CHARS = 2_000;

/** A session string of mtcute, Pyrogram, Telethon or GramJS as ours. @throws DomainError session-malformed */
export function importSession(text: string): string {
  const compact = text.trim();
  for (const read of [readStringSession, telethon, convertFromGramjsSession, convertFromPyrogramSession]) {
    const found = compact.length <= MAX_CHARS ? attempt(read, compact) : null;
    if (found !== null) return writeStringSession({ ...found, version: 3 });
  }
  throw new DomainError('session-malformed', 'this is no session string of mtcute, Pyrogram, Telethon or GramJS');
}

function attempt(read: (text: string) => StringSessionData, text: string): StringSessionData | null {
  try {
    return checked(read(text));
  } catch {
    return null;
  }
}

/** Only the key and the number of the datacentre are believed: an address in a pasted text could be anybody's. */
function checked({ primaryDcs, self, authKey }: StringSessionData): StringSessionData | null {
  const dcs = Object.entries(DC_MAPPING_PROD).find(([id]) => Number(id) === primaryDcs.main.id)?.[1];
  if (dcs === undefined || authKey.length !== AUTH_KEY_BYTES || primaryDcs.main.testMode === true) return null;
  return { version: 3, primaryDcs: dcs, self: self?.isBot === true ? null : (self ?? null), authKey };
}

/** Its lengths tell it from GramJS, which begins with the same character. */
function telethon(text: string): StringSessionData {
  if (text.length !== 353 && text.length !== 369) throw new Error('not by Telethon');
  return convertFromTelethonSession(text);
}
