import { MikroORM, type Options } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import { AgendaSettings } from './entities/agenda-settings.ts';
import { ApiProfile } from './entities/api-profile.ts';
import { ApiToken } from './entities/api-token.ts';
import { AppUser } from './entities/app-user.ts';
import { AuditEntry } from './entities/audit-entry.ts';
import { ChannelRule } from './entities/channel-rule.ts';
import { Chat } from './entities/chat.ts';
import { ChatPace } from './entities/chat-pace.ts';
import { Crawl } from './entities/crawl.ts';
import { AgendaGroup, GroupInvite, GroupMember, GroupMemberTag, GroupTag } from './entities/agenda-group.ts';
import { CalendarFeed, GroupAnswer, GroupEvent, GroupEventTag, GroupSummary } from './entities/group-event.ts';
import { Digest } from './entities/digest.ts';
import { DialogState } from './entities/dialog-state.ts';
import { DropRun } from './entities/drop-run.ts';
import { EmbeddingSpace } from './entities/embedding-space.ts';
import { Event } from './entities/event.ts';
import { FocusPhase, FocusSession } from './entities/focus-session.ts';
import { FrontierPage } from './entities/frontier-page.ts';
import { GiftEvent } from './entities/gift-event.ts';
import { GiftStock } from './entities/gift-stock.ts';
import { GiftWatch } from './entities/gift-watch.ts';
import { HabitEntity, HabitEntry, HabitPrompt } from './entities/habit.ts';
import { CheckIn, Goal, Milestone } from './entities/goal.ts';
import { GoalAdvice } from './entities/goal-advice.ts';
import { HostBudget } from './entities/host-budget.ts';
import { HostLease } from './entities/host-lease.ts';
import { IdempotencyRecord } from './entities/idempotency-record.ts';
import { InboxUpdate, IngressMarker } from './entities/inbox-update.ts';
import { Lexicon } from './entities/lexicon.ts';
import { MessageFile } from './entities/message-file.ts';
import { LinkCode } from './entities/link-code.ts';
import { OutboxMessage } from './entities/outbox-message.ts';
import { OutboxSender } from './entities/outbox-sender.ts';
import { Occasion, Person } from './entities/person.ts';
import { PriceChange } from './entities/price-change.ts';
import { PriceWatch } from './entities/price-watch.ts';
import { Product } from './entities/product.ts';
import { ProductSketch } from './entities/product-sketch.ts';
import { ProductVector } from './entities/product-vector.ts';
import { Purchase } from './entities/purchase.ts';
import { Quarantine } from './entities/quarantine.ts';
import { RawPage } from './entities/raw-page.ts';
import { Reminder, ReminderOccurrence } from './entities/reminder.ts';
import { Replay } from './entities/replay.ts';
import { Session } from './entities/session.ts';
import { SignInAttempt } from './entities/sign-in-attempt.ts';
import { Skill, SkillEvidence } from './entities/skill.ts';
import { Source } from './entities/source.ts';
import { SourceHub } from './entities/source-hub.ts';
import { StarGiftRow } from './entities/star-gift.ts';
import { StickerAtBot, StickerFetch, StickerFile } from './entities/sticker-file.ts';
import { Task, TaskCompletion } from './entities/task.ts';
import { TelegramAccount } from './entities/telegram-account.ts';
import { TelegramLogin } from './entities/telegram-login.ts';
import { UserSettings } from './entities/user-settings.ts';
import { migrations } from './migrations/index.ts';

export interface OrmOptions {
  /** `postgres://…`; a real server and the embedded one are reached alike. */
  readonly databaseUrl: string;
  /** Connections at most, default 8. */
  readonly maxConnections?: number;
}

const ENTITIES = [
  Source,
  Crawl,
  FrontierPage,
  HostBudget,
  HostLease,
  SourceHub,
  Product,
  PriceChange,
  PriceWatch,
  Quarantine,
  Event,
  RawPage,
  Replay,
  ProductVector,
  ProductSketch,
  EmbeddingSpace,
  Lexicon,
  IdempotencyRecord,
  AgendaSettings,
  ApiProfile,
  ApiToken,
  AppUser,
  AuditEntry,
  ChannelRule,
  Session,
  SignInAttempt,
  TelegramAccount,
  TelegramLogin,
  UserSettings,
  StarGiftRow,
  GiftEvent,
  GiftStock,
  GiftWatch,
  DialogState,
  DropRun,
  Purchase,
  LinkCode,
  OutboxMessage,
  OutboxSender,
  ChatPace,
  StickerFile,
  StickerAtBot,
  StickerFetch,
  MessageFile,
  Chat,
  InboxUpdate,
  IngressMarker,
  Reminder,
  ReminderOccurrence,
  HabitEntity,
  HabitEntry,
  HabitPrompt,
  Task,
  TaskCompletion,
  FocusSession,
  FocusPhase,
  Digest,
  Person,
  Goal,
  Milestone,
  CheckIn,
  GoalAdvice,
  Skill,
  SkillEvidence,
  Occasion,
  AgendaGroup,
  GroupMember,
  GroupTag,
  GroupMemberTag,
  GroupInvite,
  GroupEvent,
  GroupEventTag,
  GroupAnswer,
  GroupSummary,
  CalendarFeed,
];

/** Opens the database; the first query connects. Fork `orm.em` for each unit of work. */
export function createOrm({ databaseUrl, maxConnections = 8 }: OrmOptions): MikroORM {
  const options: Options = {
    clientUrl: databaseUrl,
    entities: ENTITIES,
    extensions: [Migrator],
    migrations: { migrationsList: migrations, snapshot: false, tableName: 'migration' },
    pool: { min: 0, max: maxConnections },
    discovery: { warnWhenNoEntities: false },
    ensureDatabase: false,
    logger: () => undefined,
  };
  return new MikroORM(options);
}
