import type { SqlEntityManager } from '@mikro-orm/sql';
import type { PayloadCodec } from '@temporalio/common';
import type { Logger } from 'pino';
import type { FocusCall } from '../client/focus.ts';
import type { HabitCall } from '../client/habits.ts';
import type { GroupEventRef } from '../client/groups.ts';
import type { GoalCall } from '../client/goals.ts';
import type { OccasionCall } from '../client/occasions.ts';
import type { ReminderRef } from '../client/reminders.ts';
import type { ManualKey, TakenPoll } from '../client/stargifts.ts';
import type {
  BotCheck,
  ChannelCheck,
  CheckBotInput,
  CheckChannelInput,
  LoginAction,
  RefreshAccountInput,
  RefreshProgress,
  TelegramLoginInput,
} from '../contracts/accounts.ts';
import type { FocusOutcome, NewFocusSession } from '../contracts/focus.ts';
import type { HabitChange, HabitOutcome, NewHabit } from '../contracts/habits.ts';
import type { GroupEventChange, GroupEventOutcome, NewGroupEvent } from '../contracts/groups.ts';
import type { AdviceInput } from '../contracts/advice.ts';
import type { Advice } from '../domain/agenda/goals/advice.ts';
import type { GoalOutcome, NewGoal } from '../contracts/goals.ts';
import type { NewOccasion } from '../contracts/occasions.ts';
import type { NewReminder, ReminderChange, ReminderOutcome } from '../contracts/reminders.ts';
import type { ManualOrder, WatchState } from '../contracts/stargifts.ts';
import type { MoveZoneInput } from '../contracts/zones.ts';
import type { Messenger } from '../db/repositories/users.ts';
import type { SecretBox } from '../db/secrets.ts';
import type { LoginStepName } from '../domain/accounts/account-state.ts';
import type { QueryEmbedder } from '../domain/recommend/vector-space.ts';
import type { ReplayInput } from '../contracts/replays.ts';
import type { CrawlInput, SourceInput, TryPageInput, TryPageResult } from '../contracts/catalog.ts';
import type { WebhookDeps } from './webhooks.ts';

/** What the API asks of Temporal, in our words; `temporal-door.ts` is the real one. All reject with a Problem when it is down. */
export interface TemporalDoor extends AccountsDoor, GiftsDoor, AgendaDoor {
  saveSource(input: SourceInput): Promise<void>;
  removeSource(sourceId: string): Promise<void>;
  tryPage(requestId: string, input: TryPageInput): Promise<TryPageResult>;
  /** @throws DomainError crawl-running */
  startCrawl(input: CrawlInput): Promise<void>;
  /** @throws DomainError replay-running */
  startReplay(input: ReplayInput): Promise<void>;
  /** Id of the crawl that runs for this source now, or null. */
  runningCrawlId(sourceId: string): Promise<string | null>;
  /** These three reject with Problem crawl-finished when nothing runs. */
  pauseCrawl(sourceId: string): Promise<void>;
  resumeCrawl(sourceId: string): Promise<void>;
  cancelCrawl(sourceId: string): Promise<void>;
  /** Resolves when Temporal answers. */
  ping(): Promise<void>;
}

/** The part of the door behind which Telegram is. */
export interface AccountsDoor {
  /** Begins a sign-in whose row is there; the step that it came to. */
  startLogin(input: TelegramLoginInput): Promise<LoginStepName>;
  /** Takes the next step; what was typed lies in the row. @throws Problem login-over */
  continueLogin(input: TelegramLoginInput, action: LoginAction): Promise<LoginStepName>;
  /** Asks the user's accounts what they may do in a channel. @throws DomainError channel-unknown, no-account */
  checkChannel(input: CheckChannelInput): Promise<ChannelCheck>;
  /** Makes the token that lies in the settings the user's bot. @throws DomainError bot-token-invalid */
  checkBot(input: CheckBotInput): Promise<BotCheck>;
  /** Looks an account up anew: the stages as they begin. */
  refreshAccount(input: RefreshAccountInput): AsyncIterable<RefreshProgress>;
}

/** The part of the door behind which gifts are watched and bought. */
export interface GiftsDoor {
  /** Starts or ends the user's watcher; safe to repeat. */
  setWatch(userId: string, on: boolean): Promise<void>;
  /** Holds the watcher, lets it go on; answers how it stands then, null = none runs. */
  pauseWatch(userId: string): Promise<WatchState | null>;
  resumeWatch(userId: string): Promise<WatchState | null>;
  /** null = no watcher runs. */
  watchState(userId: string): Promise<WatchState | null>;
  /** Resolves when the user's watcher has taken it on. `result` rejects with DomainError no-account, or what Telegram said. */
  askPoll(userId: string): Promise<TakenPoll>;
  /** Starts one purchase by hand, once for each key. */
  buyNow(key: ManualKey, order: ManualOrder): Promise<void>;
  /** Nothing more is bought in the drop. */
  stopDrop(userId: string, dropId: string): Promise<void>;
}

/** The part of the door behind which focus sessions run and digests are sent. */
export interface FocusDoor {
  /** @throws DomainError focus-running */
  startFocus(id: string, session: NewFocusSession): Promise<void>;
  /** @throws DomainError focus-over */
  changeFocus(call: FocusCall): Promise<FocusOutcome>;
  /** Starts the user's digests, or has them planned anew; safe to repeat. */
  planDigests(userId: string, requestId: string): Promise<void>;
}

/** The part of the door behind which events of groups are. */
export interface GroupsDoor {
  /** Keeps an event from now on; safe to repeat under the same id. @throws DomainError forbidden, too-many-events, or what is wrong with it */
  createGroupEvent(eventId: string, event: NewGroupEvent): Promise<void>;
  /** Changes an event or answers it, once for each `requestId`. @throws DomainError event-not-found, occurrence-not-found, or what is wrong with the change */
  changeGroupEvent(
    ref: GroupEventRef,
    asked: { readonly change: GroupEventChange; readonly requestId: string },
  ): Promise<GroupEventOutcome>;
  /** Events whose rows are gone tell nobody any more. */
  forgetGroupEvents(eventIds: readonly string[]): Promise<void>;
}

/** The part of the door behind which promises are kept. */
export interface AgendaDoor extends PeopleDoor, GroupsDoor, FocusDoor, RemindersDoor, HabitsDoor {}

/** The part of the door behind which habits are kept. */
export interface HabitsDoor {
  /** Keeps a habit from now on; safe to repeat under the same id. */
  createHabit(id: string, habit: NewHabit): Promise<void>;
  /** Keeps one whose row is there. */
  keepStoredHabit(userId: string, id: string): Promise<void>;
  /** Changes a habit, once for each `requestId`. @throws DomainError habit-not-found, or what is wrong with the change */
  changeHabit(call: HabitCall, change: HabitChange): Promise<HabitOutcome>;
}

/** The part of the door behind which people are reminded. */
export interface RemindersDoor {
  /** Keeps a reminder from now on; safe to repeat under the same id. */
  createReminder(ref: ReminderRef, reminder: NewReminder): Promise<void>;
  /** Changes a reminder, once for each `requestId`. @throws DomainError reminder-not-found, occurrence-not-found, or what is wrong with the change */
  changeReminder(
    ref: ReminderRef,
    asked: { readonly change: ReminderChange; readonly requestId: string },
  ): Promise<ReminderOutcome>;
  /** Moves the user to another zone, with everything that follows it. */
  changeZone(input: MoveZoneInput): Promise<void>;
}

/** The part of the door behind which people's days are remembered, and goals are asked after. */
export interface PeopleDoor {
  createGoal(id: string, goal: NewGoal): Promise<void>;
  changeGoal(call: GoalCall): Promise<GoalOutcome>;
  /** Takes seconds where a model gives it. */
  giveAdvice(input: AdviceInput): Promise<Advice>;
  createOccasion(id: string, occasion: NewOccasion): Promise<void>;
  /** False = it stood so before. */
  changeOccasion(call: OccasionCall): Promise<boolean>;
}

/** Everything the API needs, handed in. */
export interface ApiDeps {
  /** A fresh entity manager for one unit of work. */
  readonly em: () => SqlEntityManager;
  readonly temporal: TemporalDoor;
  /** For the meaning of a query; absent = no embedding model: lexical mode. */
  readonly embedder?: QueryEmbedder | null;
  readonly codec: PayloadCodec;
  readonly secrets: SecretBox;
  /** Tokens of the program's own bots, whose signatures prove who a person is; null = no such bot. */
  readonly ownBots: Readonly<Record<Messenger, string | null>>;
  /** SVG → PNG. */
  readonly renderPng: (svg: string) => Uint8Array;
  /** Of messengers' webhooks; absent = none are set. */
  readonly webhooks?: Pick<WebhookDeps, 'secret' | 'wakeTalks'> | null;
  readonly log: Logger;
  /** Aborted when the process is about to stop: open streams end. */
  readonly closing: AbortSignal;
}
