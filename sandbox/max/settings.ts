import { z } from 'zod';
import type { Changes } from '../messenger/changes.ts';
import { Person } from '../messenger/conversation.ts';
import { openLines } from '../messenger/lines.ts';

const Subscription = z.object({
  bot: z.string(),
  url: z.string(),
  secret: z.string().nullable(),
  /** [] = all. */
  types: z.array(z.string()),
  at: z.number(),
});
export type Subscription = z.output<typeof Subscription>;

const Settings = z.object({
  subscriptions: z.array(Subscription),
  commands: z.record(z.string(), z.array(z.object({ name: z.string(), description: z.string().nullish() }))),
  /** Who has started a bot, by bot and person. */
  people: z.record(z.string(), z.object({ person: Person, blocked: z.boolean() })),
});
export type Settings = z.output<typeof Settings>;

/** What bots and people have set; with a folder it survives a restart. */
export interface SettingsStore {
  readonly now: Settings;
  change(settings: Partial<Settings>): void;
}

export function createSettings(folder: string | null, changes: Changes): SettingsStore {
  const lines = openLines(folder, 'settings.jsonl');
  const kept = lines.read().at(-1);
  let now: Settings = kept === undefined ? { subscriptions: [], commands: {}, people: {} } : Settings.parse(kept);
  return {
    get now() {
      return now;
    },
    change(settings) {
      now = { ...now, ...settings };
      lines.rewrite([now]);
      changes.touch();
    },
  };
}

export const personKey = (bot: string, person: number): string => `${bot} ${person}`;
