import { createHash } from 'node:crypto';
import { changeZone } from '../../client/zone.ts';
import { planDigests } from '../../client/digests.ts';
import { linkByCode, type LinkOutcome } from '../../db/repositories/link-codes.ts';
import { countAttempt, forgetAttempts } from '../../db/repositories/sign-in-attempts.ts';
import { talkerOf } from '../../db/repositories/talkers.ts';
import { readLinkCode } from '../../domain/accounts/link-code.ts';
import { derivedId } from '../dialog/derived-id.ts';
import type { CommandEvent, DialogDeps, Handler, Screen, TextEvent, Turn } from '../dialog/dialog.ts';
import { menu } from '../dialog/menu.ts';
import { awaiting, done, say } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';

/** Codes that a person may mistype before waiting. */
const FREE_ATTEMPTS = 5;

async function link(turn: Turn, typed: string, deps: DialogDeps) {
  const { talker } = turn;
  const words = texts(talker.speaks).link;
  const code = readLinkCode(typed);
  if (code === null) return say(words.notACode);
  const { messenger, personId } = talker;
  const key = createHash('sha256').update(`link\n${messenger}\n${personId}`).digest('hex');
  const waitMs = await countAttempt(deps.em(), { key, free: FREE_ATTEMPTS });
  if (waitMs > 0) return done(say(words.tooMany({ minutes: Math.ceil(waitMs / 60_000) })));
  const outcome = await linkByCode(deps.em(), { messenger, personId, code });
  if (outcome.kind !== 'linked') return done(say(refusal(words, outcome.kind)));
  await forgetAttempts(deps.em(), key);
  await takeAlong(turn, outcome.userId, deps);
  return done(say(words.linked({ name: outcome.userName }), menu(talker.speaks)));
}

/** What moved goes by the clock of the user whose it is now. */
async function takeAlong({ talker, updateId }: Turn, userId: string, { em, client }: DialogDeps): Promise<void> {
  const { zone } = await talkerOf(em(), talker);
  await changeZone(client, { userId, zone });
  await planDigests(client, userId, derivedId(updateId, 'digests'));
}

function refusal(words: ReturnType<typeof texts>['link'], kind: Exclude<LinkOutcome['kind'], 'linked'>): string {
  switch (kind) {
    case 'already':
      return words.already;
    case 'code-unknown':
      return words.unknown;
    case 'person-taken':
      return words.personTaken;
    case 'place-taken':
      return words.placeTaken;
  }
}

const onCommand: Handler<CommandEvent> = async (turn, deps) =>
  turn.event.args.trim() === ''
    ? awaiting(say(texts(turn.talker.speaks).link.how), 'link.code')
    : await link(turn, turn.event.args, deps);
const onText: Handler<TextEvent> = async (turn, deps) => await link(turn, turn.event.text, deps);

/** /link: one person in the bot and in the panel. */
export const linkScreen: Screen = {
  commands: { link: onCommand },
  links: { link: onCommand },
  awaited: { 'link.code': onText },
};
