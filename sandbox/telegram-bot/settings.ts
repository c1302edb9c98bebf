import { z } from 'zod';
import type { Changes } from '../messenger/changes.ts';
import { openLines } from '../messenger/lines.ts';

const Webhook = z.object({
  url: z.string(),
  secret: z.string().nullable(),
  connections: z.int(),
});
export type Webhook = z.output<typeof Webhook>;

const Command = z.object({ command: z.string(), description: z.string() });
const Settings = z.object({
  /** By bot. */
  webhooks: z.record(z.string(), Webhook),
  /** Kinds of updates by bot; no entry = all. */
  allowed: z.record(z.string(), z.array(z.string())),
  /** By bot, scope and language. */
  commands: z.record(z.string(), z.array(Command)),
  /** Bot and chat. */
  blocked: z.array(z.string()),
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
  let now: Settings =
    kept === undefined ? { webhooks: {}, allowed: {}, commands: {}, blocked: [] } : Settings.parse(kept);
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

export const withoutKey = <T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
