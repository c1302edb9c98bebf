import { changeAgendaSettings } from '../../db/repositories/agenda-settings.ts';
import { planDigests } from '../../client/digests.ts';
import { changeZone } from '../../client/zone.ts';
import { clockWords } from '../../domain/agenda/moment-words.ts';
import { nearestZones } from '../../domain/agenda/language/nearest-zones.ts';
import { understandZone } from '../../domain/agenda/language/understand-zone.ts';
import { offsetMinutesOf } from '../../domain/agenda/zoned-time.ts';
import { zoneName, zoneOfPhrase } from '../../domain/agenda/zones/find-zone.ts';
import { derivedId } from '../dialog/derived-id.ts';
import type { DialogDeps, LocationEvent, PressHandler, Reaction, Screen, TextEvent, Turn } from '../dialog/dialog.ts';
import { menu } from '../dialog/menu.ts';
import { awaiting, change, done, press, say } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';
import { askZone, placeKeyboard } from './ask-zone.ts';
import { draftReminder } from './remind.ts';
import { settingsPage } from './settings-page.ts';

function confirm({ talker, nowMs, state, event }: Turn, zone: string): Reaction {
  const words = texts(talker.speaks).start;
  // By the city that the person named, not by another one of the same clock.
  const said = event.kind === 'text' ? zoneOfPhrase(event.text, talker.speaks) : null;
  const name = said?.zone === zone ? said.name : zoneName(zone, talker.speaks);
  const question = words.confirmZone({ name, clock: clockWords(nowMs, zone) });
  const keyboard = [[press(words.zoneYes, 'zone.yes', zone)], [press(words.zoneNo, 'zone.no')]];
  return awaiting(say(question, keyboard), 'zone', state.awaiting === 'zone' ? state.data : {});
}

/** Asks which of several it is, or whether it is this one. */
function choose(turn: Turn, zones: readonly string[]): Reaction {
  const { talker, nowMs, state } = turn;
  const words = texts(talker.speaks).start;
  const [only, ...more] = zones;
  if (only === undefined) return say(words.zoneUnknown, placeKeyboard(talker.speaks));
  if (more.length === 0) return confirm(turn, only);
  const keyboard = zones.map((zone) => {
    const city = { name: zoneName(zone, talker.speaks), clock: clockWords(nowMs, zone) };
    return [press(words.city(city), 'zone.yes', zone)];
  });
  return awaiting(say(words.chooseCity, keyboard), 'zone', state.awaiting === 'zone' ? state.data : {});
}

const onPhrase = (turn: Turn<TextEvent>): Reaction =>
  choose(turn, understandZone(turn.event.text, { nowMs: turn.nowMs, language: turn.talker.speaks }).zones);

/** Neighbours matter only where their clocks differ. */
function onPlace(turn: Turn<LocationEvent>): Reaction {
  const { latitude, longitude } = turn.event;
  const zones = nearestZones(latitude, longitude);
  const clocks = new Set(zones.map((zone) => offsetMinutesOf(turn.nowMs, zone)));
  return choose(turn, clocks.size === 1 ? zones.slice(0, 1) : zones);
}

const onYes: PressHandler = async (turn, [zone = ''], deps) => {
  const { talker, state } = turn;
  if (state.awaiting !== 'zone') return await old(turn, deps);
  await changeZone(deps.client, { userId: talker.userId, zone });
  const moved = { ...turn, talker: { ...talker, zone, isOnboarded: true } };
  return isTrue(state.data['first']) ? await onboarded(moved, deps) : done(await settingsPage(moved, deps, change));
};

const isTrue = (value: unknown): boolean => value === true;

/** The first time: from now on the day's plan comes, too, and what was said before is done now. */
async function onboarded(turn: Turn, deps: DialogDeps): Promise<Reaction> {
  const { talker, nowMs, updateId, state } = turn;
  await changeAgendaSettings(deps.em(), talker.userId, { onboarded: true });
  await planDigests(deps.client, talker.userId, derivedId(updateId, 'digests'));
  const tour = texts(talker.speaks).start.tour({
    name: zoneName(talker.zone, talker.speaks),
    clock: clockWords(nowMs, talker.zone),
  });
  const reaction = done(change(tour, menu(talker.speaks)));
  const { phrase } = state.data;
  if (typeof phrase !== 'string') return reaction;
  const next = draftReminder(turn, phrase);
  return { ...next, replies: [...reaction.replies, ...next.replies] };
}

async function old(turn: Turn, deps: DialogDeps): Promise<Reaction> {
  return { ...(await settingsPage(turn, deps, say)), toast: texts(turn.talker.speaks).common.oldButton };
}

/** Which clock the person lives by: by a city, a place or what the clock shows. */
export const zoneScreen: Screen = {
  presses: {
    'zone.ask': ({ talker }) => askZone(talker),
    'zone.yes': onYes,
    'zone.no': ({ talker, state }) => awaiting(askZone(talker), 'zone', state.awaiting === 'zone' ? state.data : {}),
  },
  awaited: { zone: onPhrase },
  awaitedLocations: { zone: onPlace },
  unasked: { location: onPlace },
};
