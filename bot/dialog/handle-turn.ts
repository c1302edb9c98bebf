import { readButton } from '../../domain/agenda/button-data.ts';
import type { ChatEvent } from '../../domain/shared/chat-event.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { texts } from '../texts/texts.ts';
import {
  NOTHING_AWAITED,
  type CommandEvent,
  type DialogDeps,
  type FileEvent,
  type Handler,
  type LocationEvent,
  type PressEvent,
  type Reaction,
  type TextEvent,
  type Turn,
} from './dialog.ts';
import { menu } from './menu.ts';
import { done, say } from './reactions.ts';
import type { RouteTable } from './route-table.ts';

/** Everything that answers a turn. */
export interface Dialog {
  readonly routes: RouteTable;
  readonly deps: DialogDeps;
}

/**
 * What the bot does about one event; what a rule refuses is said in the person's language.
 * @throws whatever else went wrong: the turn is to be tried again
 */
export async function handleTurn(turn: Turn, dialog: Dialog): Promise<Reaction> {
  try {
    return await routed(turn, dialog);
  } catch (err) {
    if (err instanceof DomainError) return refused(turn, err);
    throw err;
  }
}

/** Tells of a rule's «no»; what was awaited still is, so that one can try again. */
export function refused({ talker }: Turn, { code }: DomainError): Reaction {
  const { refusals } = texts(talker.speaks);
  return say(refusals.byCode.get(code) ?? refusals.other);
}

async function routed(turn: Turn, dialog: Dialog): Promise<Reaction> {
  const { event } = turn;
  switch (event.kind) {
    case 'command':
      return await onCommand({ ...turn, event }, dialog);
    case 'press':
      return await onPress({ ...turn, event }, dialog);
    case 'text':
      return await onText({ ...turn, event }, dialog);
    case 'location':
      return await onLocation({ ...turn, event }, dialog);
    case 'file':
      return await onFile({ ...turn, event }, dialog);
    case 'other':
      return say(turn.state.awaiting === null ? wordsOf(turn).onlyText : wordsOf(turn).onlyTextHere);
    case 'blocked':
    case 'unblocked':
      return { replies: [], state: NOTHING_AWAITED };
  }
}

const wordsOf = ({ talker }: Turn) => texts(talker.speaks).common;

/** A command ends what was awaited, unless its screen awaits something anew. */
async function onCommand(turn: Turn<CommandEvent>, { routes, deps }: Dialog): Promise<Reaction> {
  const { event, state } = turn;
  const words = wordsOf(turn);
  if (event.name === 'cancel')
    return done(say(state.awaiting === null ? words.nothingToCancel : words.cancelled, menu(turn.talker.speaks)));
  const [handler, args] = linked(event, routes) ?? [routes.commands.get(event.name), event.args];
  if (handler === undefined) return say(words.unknownCommand({ name: event.name }), menu(turn.talker.speaks));
  const reaction = await handler({ ...turn, event: { ...event, args }, state: NOTHING_AWAITED }, deps);
  return reaction.state === null ? done(reaction) : reaction;
}

/** A deep link's handler and what it is about; null = this is none. */
function linked({ name, args }: CommandEvent, { links }: RouteTable): [Handler<CommandEvent>, string] | null {
  const [, link = '', rest = ''] = name === 'start' ? (/^([a-z]+)_(.+)$/s.exec(args) ?? []) : [];
  const handler = links.get(link);
  return handler === undefined ? null : [handler, rest];
}

/** A button of the menu is a command; one that nobody knows is from a message of long ago. */
async function onPress(turn: Turn<PressEvent>, dialog: Dialog): Promise<Reaction> {
  const { action, args } = readButton(turn.event.data);
  if (action === 'menu') {
    const event: CommandEvent = { kind: 'command', name: args[0] ?? '', args: '' };
    return await onCommand({ ...turn, event }, dialog);
  }
  const handler = dialog.routes.presses.get(action);
  if (handler !== undefined) return await handler(turn, args, dialog.deps);
  const words = wordsOf(turn);
  return { ...say(words.whatNow, menu(turn.talker.speaks)), toast: words.oldButton };
}

async function onText(turn: Turn<TextEvent>, { routes, deps }: Dialog): Promise<Reaction> {
  const handler = chosen(turn, routes, { awaited: routes.awaited, unasked: routes.unasked.text });
  return handler === null ? say(wordsOf(turn).otherAwaited) : await handler(turn, deps);
}

async function onLocation(turn: Turn<LocationEvent>, { routes, deps }: Dialog): Promise<Reaction> {
  const handler = chosen(turn, routes, { awaited: routes.awaitedLocations, unasked: routes.unasked.location });
  return handler === null ? say(wordsOf(turn).onlyTextHere) : await handler(turn, deps);
}

async function onFile(turn: Turn<FileEvent>, { routes, deps }: Dialog): Promise<Reaction> {
  const handler = chosen(turn, routes, { awaited: routes.awaitedFiles, unasked: routes.unasked.file });
  return handler === null ? say(wordsOf(turn).onlyTextHere) : await handler(turn, deps);
}

interface Choice<E extends ChatEvent> {
  readonly awaited: ReadonlyMap<string, Handler<E>>;
  readonly unasked: Handler<E>;
}

/** Who takes it: what awaits it, or where it goes unasked; null = something else is awaited. */
function chosen<E extends ChatEvent>({ state }: Turn, routes: RouteTable, choice: Choice<E>): Handler<E> | null {
  const { awaiting } = state;
  if (awaiting === null) return choice.unasked;
  const known = [routes.awaited, routes.awaitedLocations, routes.awaitedFiles].some((map) => map.has(awaiting));
  // What an older version awaited is awaited no more.
  return choice.awaited.get(awaiting) ?? (known ? null : choice.unasked);
}
