import type { SqlEntityManager } from '@mikro-orm/sql';
import { changeSettings } from '../../db/repositories/user-settings.ts';
import { LANGUAGES } from '../../domain/accounts/language.ts';
import { clockWords } from '../../domain/agenda/moment-words.ts';
import type { PressHandler, Reaction, Screen, Turn } from '../dialog/dialog.ts';
import { menu } from '../dialog/menu.ts';
import { say } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';
import { askZone } from './ask-zone.ts';
import { welcome } from './welcome.ts';

function greeting({ talker, nowMs }: Turn): Reaction {
  const words = texts(talker.speaks).start;
  const clock = clockWords(nowMs, talker.zone);
  return say(words.hello({ name: talker.name, clock }), menu(talker.speaks));
}

const onLanguage: PressHandler = ({ talker, state }, [code]) => {
  const language = LANGUAGES.find((one) => one === code) ?? talker.speaks;
  const actor = { userId: talker.userId, ip: null };
  const write = async (tx: SqlEntityManager): Promise<void> => {
    await changeSettings(tx, actor, { change: { language }, check: () => undefined });
  };
  const { phrase } = state.data;
  const then = { first: !talker.isOnboarded, ...(typeof phrase === 'string' && { phrase }) };
  return { ...askZone({ speaks: language }, then), write };
};

/** /start: getting to know each other, or a word of welcome. */
export const startScreen: Screen = {
  commands: {
    start: (turn) => {
      if (!turn.talker.isOnboarded) return welcome(turn.talker);
      if (turn.event.args === '') return greeting(turn);
      return say(texts(turn.talker.speaks).start.linkBroken, menu(turn.talker.speaks));
    },
  },
  presses: { 'start.language': onLanguage },
  // The city may come without a language having been chosen.
  awaited: {
    language: ({ talker, state }) => {
      const { phrase } = state.data;
      return askZone(talker, { first: true, ...(typeof phrase === 'string' && { phrase }) });
    },
  },
};
