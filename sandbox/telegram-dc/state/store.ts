import { randomBytes } from 'node:crypto';
import { createServerKey } from '../crypto/server-key.ts';
import { Journal } from './journal.ts';
import {
  authKeySchema,
  channelSchema,
  codeSchema,
  formSchema,
  giftSchema,
  savedGiftSchema,
  settingsSchema,
  transactionSchema,
  userSchema,
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

  /** Never given before, ascending. */
  nextId(): number {
    const { nextId } = this.settings;
    this.configure({ nextId: nextId + 1 });
    return nextId;
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
    return [users, channels, authKeys, codes, gifts, forms, transactions, savedGifts, this.#settings].map((table) => ({
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
    nextId: 1,
    clockOffsetMs: 0,
    duplicatedKeys: 0,
  };
}
