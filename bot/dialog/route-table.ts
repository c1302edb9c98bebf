import type { CommandEvent, FileEvent, Handler, LocationEvent, PressHandler, Screen, TextEvent } from './dialog.ts';

/** Where each event goes. */
export interface RouteTable {
  readonly commands: ReadonlyMap<string, Handler<CommandEvent>>;
  readonly links: ReadonlyMap<string, Handler<CommandEvent>>;
  readonly presses: ReadonlyMap<string, PressHandler>;
  readonly awaited: ReadonlyMap<string, Handler<TextEvent>>;
  readonly awaitedLocations: ReadonlyMap<string, Handler<LocationEvent>>;
  readonly awaitedFiles: ReadonlyMap<string, Handler<FileEvent>>;
  readonly unasked: Required<NonNullable<Screen['unasked']>>;
}

/** One table of all screens. @throws Error when two screens claim the same, or nobody takes what comes unasked */
export function routeTable(screens: readonly Screen[]): RouteTable {
  return {
    commands: merged(screens.map(({ commands }) => commands)),
    links: merged(screens.map(({ links }) => links)),
    presses: merged(screens.map(({ presses }) => presses)),
    awaited: merged(screens.map(({ awaited }) => awaited)),
    awaitedLocations: merged(screens.map(({ awaitedLocations }) => awaitedLocations)),
    awaitedFiles: merged(screens.map(({ awaitedFiles }) => awaitedFiles)),
    unasked: {
      text: theOne(screens.map(({ unasked }) => unasked?.text)),
      location: theOne(screens.map(({ unasked }) => unasked?.location)),
      file: theOne(screens.map(({ unasked }) => unasked?.file)),
    },
  };
}

function merged<H>(parts: readonly (Readonly<Record<string, H>> | undefined)[]): ReadonlyMap<string, H> {
  const all = new Map<string, H>();
  for (const [name, handler] of parts.flatMap((part) => Object.entries(part ?? {}))) {
    if (all.has(name)) throw new Error(`two screens claim «${name}»`);
    all.set(name, handler);
  }
  return all;
}

function theOne<H>(candidates: readonly (H | undefined)[]): H {
  const [one, ...more] = candidates.filter((candidate) => candidate !== undefined);
  if (one === undefined || more.length > 0) throw new Error('what comes unasked goes to exactly one screen');
  return one;
}
