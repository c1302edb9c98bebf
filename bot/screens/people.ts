import { changeOccasion } from '../../client/occasions.ts';
import { listOccasions, type OccasionRow } from '../../db/repositories/occasions.ts';
import { changePerson, listPeople, readPerson, removePerson, type PersonRow } from '../../db/repositories/people.ts';
import { longId, shortId } from '../../domain/agenda/button-data.ts';
import { dayName } from '../../domain/agenda/focus/day-text.ts';
import { greetingOf } from '../../domain/agenda/people/occasion-notice.ts';
import { nextOccasion, yearsOn } from '../../domain/agenda/people/occasion.ts';
import { dateOf } from '../../domain/agenda/zoned-time.ts';
import { escapeHtml } from '../../domain/shared/html.ts';
import type { DialogDeps, Handler, PressHandler, Reaction, Screen, TextEvent, Turn } from '../dialog/dialog.ts';
import { awaiting, change, done, press, say, toast } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';
import { addDay, onDay, onName, onNoDay, onTitle } from './person-create.ts';

/** People on one page; who has more sees those whose days come first. */
const MOST_PEOPLE = 60;
const MOST_BUTTONS = 12;
const MOST_OCCASIONS = 200;

const wordsOf = ({ talker }: Turn) => texts(talker.speaks).people;
const tellOf = ({ event }: Turn): typeof say => (event.kind === 'press' ? change : say);
const nextOf = (occasion: OccasionRow, nowMs: number): string => nextOccasion(occasion, dateOf(nowMs, occasion.zone));

function whenOf(occasion: OccasionRow, turn: Turn): string {
  const date = nextOf(occasion, turn.nowMs);
  return wordsOf(turn).when({ date: dayName(date, turn.talker.speaks), years: yearsOn(occasion, date) });
}

async function peoplePage(turn: Turn, { em }: Pick<DialogDeps, 'em'>): Promise<Reaction> {
  const words = wordsOf(turn);
  const { userId } = turn.talker;
  const people = await listPeople(em(), { userId, limit: MOST_PEOPLE, after: null });
  const add = [press(words.add, 'people.add')];
  if (people.length === 0) return tellOf(turn)(words.none, [add]);
  const occasions = await listOccasions(em(), { userId, personId: null, limit: MOST_OCCASIONS, after: null });
  const first = new Map<string | null, OccasionRow>();
  for (const occasion of occasions.toSorted((left, right) =>
    nextOf(left, turn.nowMs) < nextOf(right, turn.nowMs) ? -1 : 1,
  ))
    if (!first.has(occasion.personId)) first.set(occasion.personId, occasion);
  const dateKey = ({ id }: PersonRow): string => {
    const occasion = first.get(id);
    return occasion === undefined ? '9999' : nextOf(occasion, turn.nowMs);
  };
  const sorted = people.toSorted((left, right) => (dateKey(left) < dateKey(right) ? -1 : 1));
  const lines = sorted.map(({ id, name }) => {
    const occasion = first.get(id);
    return occasion === undefined ? words.nobody({ name }) : words.row({ name, when: whenOf(occasion, turn) });
  });
  const buttons = sorted
    .slice(0, MOST_BUTTONS)
    .map(({ id, name }) => [press(name.slice(0, 30), 'person.open', shortId(id))]);
  return tellOf(turn)([words.title, ...lines].join('\n'), [...buttons, add]);
}

async function personPage(turn: Turn, { em }: Pick<DialogDeps, 'em'>, person: PersonRow): Promise<Reaction> {
  const words = wordsOf(turn);
  const id = shortId(person.id);
  const { userId } = turn.talker;
  const occasions = await listOccasions(em(), { userId, personId: person.id, limit: 20, after: null });
  const lines = occasions.map((occasion) =>
    words.occasion({ title: occasion.title ?? words[occasion.kind], when: whenOf(occasion, turn) }),
  );
  const interests = person.interests.length === 0 ? [] : [words.interests({ list: person.interests.join(', ') })];
  return tellOf(turn)([`<b>${escapeHtml(person.name)}</b>`, ...lines, ...interests].join('\n'), [
    [press(words.addDay, 'person.add-day', id), press(words.setInterests, 'person.interests', id)],
    [press(words.greeting, 'person.greeting', id), press(words.remove, 'person.remove', id)],
    [press(words.back, 'people.list')],
  ]);
}

type WithPerson = (turn: Turn, person: PersonRow, deps: DialogDeps) => Promise<Reaction> | Reaction;
const withPerson =
  (handle: WithPerson): PressHandler =>
  async (turn, [short = ''], deps) => {
    const id = longId(short);
    const person = id === null ? null : await readPerson(deps.em(), { userId: turn.talker.userId, id });
    return person === null ? toast(wordsOf(turn).gone) : await handle(turn, person, deps);
  };

const onInterests: Handler<TextEvent> = async (turn, deps) => {
  const id = turn.state.data['id'];
  const interests = turn.event.text
    .split(/[,;\n]/)
    .map((word) => word.trim().slice(0, 100))
    .filter((word) => word !== '')
    .slice(0, 50);
  const key = { userId: turn.talker.userId, id: typeof id === 'string' ? id : '' };
  const person = key.id === '' ? null : await changePerson(deps.em(), key, { interests });
  return done(person === null ? say(wordsOf(turn).gone) : await personPage(turn, deps, person));
};

const confirmRemoval: WithPerson = (turn, { id, name }) => {
  const words = wordsOf(turn);
  const short = shortId(id);
  return change(words.askRemove({ name }), [
    [press(words.removeYes, 'person.remove-yes', short), press(words.back, 'person.open', short)],
  ]);
};

const remove: WithPerson = async (turn, { id }, deps) => {
  await removePerson(deps.em(), { userId: turn.talker.userId, id });
  return { ...(await peoplePage(turn, deps)), toast: wordsOf(turn).removed };
};

/** What is pressed under a notice; the year tells an old notice from this year's. */
const onNotice =
  (kind: 'done' | 'later'): PressHandler =>
  async (turn, [short = '', year = ''], { client }) => {
    const words = wordsOf(turn);
    const occasionId = longId(short);
    if (occasionId === null || !/^\d{4}$/.test(year)) return toast(words.gone);
    const asked = kind === 'done' ? ({ kind, year: Number(year) } as const) : ({ kind } as const);
    const { userId } = turn.talker;
    await changeOccasion(client, { userId, occasionId, change: asked, requestId: turn.updateId });
    return toast(kind === 'done' ? words.ready : words.later);
  };

/** /people: whose days are kept in mind. */
export const peopleScreen: Screen = {
  commands: { people: peoplePage },
  presses: {
    'people.list': async (turn, _args, deps) => await peoplePage(turn, deps),
    'people.add': (turn) => awaiting(say(wordsOf(turn).askName), 'people.name'),
    'people.no-day': onNoDay,
    'person.open': withPerson(async (turn, person, deps) => await personPage(turn, deps, person)),
    'person.add-day': withPerson(addDay),
    'person.interests': withPerson((turn, { id }) =>
      awaiting(say(wordsOf(turn).askInterests), 'person.interests', { id }),
    ),
    'person.greeting': withPerson((turn, { name, language }) =>
      say(`<blockquote>${escapeHtml(greetingOf('birthday', name, language ?? turn.talker.speaks))}</blockquote>`),
    ),
    'person.remove': withPerson(confirmRemoval),
    'person.remove-yes': withPerson(remove),
    'occasion.done': onNotice('done'),
    'occasion.later': onNotice('later'),
  },
  awaited: {
    'people.name': onName,
    'people.day': onDay,
    'person.title': onTitle,
    'person.interests': onInterests,
  },
};
