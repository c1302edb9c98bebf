import type { Client } from '@temporalio/client';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Language } from '../../domain/accounts/language.ts';
import type { Role } from '../../domain/accounts/role.ts';
import type { ChatEvent, ChatPerson } from '../../domain/shared/chat-event.ts';
import type { Keyboard } from '../../domain/shared/keyboard.ts';

/** The person who talks, as the program knows him. */
export interface Talker extends ChatPerson {
  readonly userId: string;
  readonly role: Role;
  readonly speaks: Language;
  /** IANA time zone. */
  readonly zone: string;
  /** Has told the language and the zone; before, `zone` is UTC. */
  readonly isOnboarded: boolean;
  /** Named in OWNER_IDS. */
  readonly isOperator: boolean;
}

/** What the bot waits for in a chat; `awaiting` names it, e.g. `remind.text`. It lies in Postgres. */
export interface DialogState {
  readonly awaiting: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** One thing that a person did, with all that is known at that moment. */
export interface Turn<E extends ChatEvent = ChatEvent> {
  readonly talker: Talker;
  readonly event: E;
  readonly state: DialogState;
  /** UUID of this update: the same when it is handled again after a crash, so that what it creates is created once. */
  readonly updateId: string;
  readonly nowMs: number;
}

export type Reply =
  | { readonly kind: 'say'; readonly html: string; readonly keyboard?: Keyboard }
  /** Replaces the message whose button was pressed. */
  | { readonly kind: 'change'; readonly html: string; readonly keyboard?: Keyboard }
  | { readonly kind: 'picture'; readonly png: Uint8Array; readonly html: string; readonly keyboard?: Keyboard }
  | { readonly kind: 'file'; readonly name: string; readonly bytes: Uint8Array; readonly html: string };

/** What the bot does about a turn. */
export interface Reaction {
  readonly replies: readonly Reply[];
  /** null = what was awaited still is. */
  readonly state: DialogState | null;
  /** Shown for a moment over the pressed button; plain text. */
  readonly toast?: string;
  /**
   * Plain data to write, in the one transaction that notes the update as handled: so it is written once.
   * @throws DomainError, of which the person is told instead of `replies`
   */
  readonly write?: (tx: SqlEntityManager) => Promise<void>;
}

/** Everything a screen may use: reads go to the database, what does something goes through Temporal. */
export interface DialogDeps {
  readonly em: () => SqlEntityManager;
  readonly client: Client;
  /** Bytes of a file that the person sent, at most `maxBytes`. @throws DomainError file-too-large */
  readonly download: (file: {
    readonly messenger: 'telegram' | 'max';
    readonly fileId: string;
    readonly maxBytes: number;
  }) => Promise<Uint8Array>;
  /** SVG → PNG. */
  readonly renderPng: (svg: string) => Uint8Array;
}

export type CommandEvent = Extract<ChatEvent, { readonly kind: 'command' }>;
export type PressEvent = Extract<ChatEvent, { readonly kind: 'press' }>;
export type TextEvent = Extract<ChatEvent, { readonly kind: 'text' }>;
export type LocationEvent = Extract<ChatEvent, { readonly kind: 'location' }>;
export type FileEvent = Extract<ChatEvent, { readonly kind: 'file' }>;

export type Handler<E extends ChatEvent = ChatEvent> = (
  turn: Turn<E>,
  deps: DialogDeps,
) => Reaction | Promise<Reaction>;
export type PressHandler = (
  turn: Turn<PressEvent>,
  args: readonly string[],
  deps: DialogDeps,
) => Reaction | Promise<Reaction>;

type Handlers<E extends ChatEvent> = Readonly<Record<string, Handler<E>>>;

/**
 * A part of the dialog: its commands, its buttons by action, and what it awaits, by the name in `DialogState.awaiting`.
 * What is awaited is a text, unless it stands under `awaitedLocations` or `awaitedFiles`, too; anything else gets a kind answer.
 */
export interface Screen {
  readonly commands?: Handlers<CommandEvent>;
  /** Deep links `/start NAME_…`, by name; `args` is what stands behind. */
  readonly links?: Handlers<CommandEvent>;
  readonly presses?: Readonly<Record<string, PressHandler>>;
  readonly awaited?: Handlers<TextEvent>;
  readonly awaitedLocations?: Handlers<LocationEvent>;
  readonly awaitedFiles?: Handlers<FileEvent>;
  /** What comes while nothing is awaited; one screen at most for each. */
  readonly unasked?: {
    readonly text?: Handler<TextEvent>;
    readonly location?: Handler<LocationEvent>;
    readonly file?: Handler<FileEvent>;
  };
}

export const NOTHING_AWAITED: DialogState = { awaiting: null, data: {} };
