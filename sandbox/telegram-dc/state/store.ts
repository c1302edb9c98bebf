import { randomBytes } from 'node:crypto';
import { createServerKey } from '../crypto/server-key.ts';
import { Journal } from './journal.ts';
import {
  authKeySchema,
  channelSchema,
  codeSchema,
  counterSchema,
  formSchema,
  giftSchema,
  savedGiftSchema,
  settingsSchema,
  transactionSchema,
  userSchema,
  type Counter,
  type Settings,
} from './records.ts';
import { Table, type Change } from './table.ts';

const SETTINGS_KEY = 'settings';

/** Everything the datacentre keeps. With a directory it survives the process, to the last commit. */
export class Store {
  readonly users = new Table('user', userSchema, ({ id }) => id);
  readonly channels = new Table('channel', channelSchema, ({ id }) => id);
  readonly authKeys = new Table('authKey', authKeySchema, ({ id }) => id);
  readonly codes = new Table('code', codeSchema, ({ hash }) => hash);
  readonly gifts = new Table('gift', giftSchema, ({ id }) => id);
  readonly forms = new Table('form', formSchema, ({ id }) => id);
  readonly transactions = new Table('transaction', transactionSchema, ({ id }) => id);
  readonly savedGifts = new Table('savedGift', savedGiftSchema, ({ id }) => id);
  readonly #counters = new Table('counter', counterSchema, ({ name }) => name);
  readonly #settings = new Table('settings', settingsSchema, () => SETTINGS_KEY);
  readonly #journal: Journal | null;

  /** @throws Error when the directory holds a journal that cannot be read */
  constructor(directory: string | null) {
    this.#journal = directory === null ? null : new Journal(directory);
    this.#load();
  }

  get settings(): Settings {
    const settings = this.#settings.get(SETTINGS_KEY);
    if (settings === undefined) throw new Error('the store has no settings');
    return settings;
  }

  /** All or nothing: written to the journal first, then seen. */
  commit(changes: readonly Change[]): void {
    this.#journal?.append(changes.map(({ table, record }) => [table, record] as const));
    for (const change of changes) change.apply();
  }

  configure(change: Partial<Settings>): void {
    this.commit([this.#settings.put({ ...this.settings, ...change })]);
  }

  count(name: Counter['name']): number {
    return this.#counters.get(name)?.value ?? 0;
  }

  /** One more; tells the new count. */
  increase(name: Counter['name']): number {
    const value = this.count(name) + 1;
    this.commit([this.#counters.put({ name, value })]);
    return value;
  }

  /** Never given before, ascending from 1. */
  nextId(): number {
    return this.increase('ids');
  }

  close(): void {
    this.#journal?.close();
  }

  #load(): void {
    const tables = new Map(this.#tables().map((table) => [table.name, table]));
    for (const entry of this.#journal?.read() ?? []) {
      for (const [name, record] of entry) tables.get(name)?.restore(record);
    }
    if (this.#settings.get(SETTINGS_KEY) === undefined) this.#settings.put(newSettings()).apply();
    this.#journal?.rewrite(
      [...tables.values()].flatMap(({ name, records }) => records().map((record) => [[name, record] as const])),
    );
  }

  #tables(): { readonly name: string; readonly restore: (raw: unknown) => void; readonly records: () => unknown[] }[] {
    const { users, channels, authKeys, codes, gifts, forms, transactions, savedGifts } = this;
    const own = [this.#counters, this.#settings];
    return [users, channels, authKeys, codes, gifts, forms, transactions, savedGifts, ...own].map((table) => ({
      name: table.name,
      restore: (raw) => {
        table.restore(raw);
      },
      records: () => table.all(),
    }));
  }
}

function newSettings(): Settings {
  return {
    privateKey: createServerKey().privatePem,
    secret: randomBytes(16).toString('hex'),
    clockOffsetMs: 0,
  };
}
