import { randomInt, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { hashToken, newToken } from '../../api/session-cookie.ts';
import { addApiProfile } from '../../db/repositories/api-profiles.ts';
import { addApiToken } from '../../db/repositories/api-tokens.ts';
import { addChannelRule } from '../../db/repositories/channel-rules.ts';
import { insertDrop } from '../../db/repositories/drops.ts';
import { writeLedger } from '../../db/repositories/gift-ledger.ts';
import { addTag } from '../../db/repositories/group-tags.ts';
import { addGroup } from '../../db/repositories/groups.ts';
import { listSessions } from '../../db/repositories/sessions.ts';
import { keepSticker } from '../../db/repositories/stickers.ts';
import { addMilestone, noteQuestion } from '../../db/repositories/goals.ts';
import { addPerson } from '../../db/repositories/people.ts';
import { putSkill } from '../../db/repositories/skills.ts';
import { addTask } from '../../db/repositories/tasks.ts';
import { addTelegramLogin } from '../../db/repositories/telegram-logins.ts';
import { sealedAs } from '../../db/vault.ts';
import { reminderAt } from '../../domain/agenda/reminder.ts';
import { USUAL_PLAN } from '../../domain/agenda/focus/pomodoro.ts';
import { aPerson } from '../support/a-person.ts';
import { aTask } from '../support/a-task.ts';
import { aGift } from '../support/gift-plans.ts';
import { habitWith } from '../support/a-habit.ts';
import { signedIn } from './people.ts';
import { TEST_SECRETS } from './recording-accounts.ts';
import type { TestApi } from './support.ts';

export const PHONE = '79005550199';
export const SESSION = 'canary-session-of-an-account';
export const API_HASH = '0badc0de0badc0de0badc0de0badc0de';

type Adder = (api: TestApi, userId: string) => Promise<string>;
const actor = (userId: string) => ({ userId, ip: '127.0.0.1' });
const vault = (api: TestApi) => ({ em: api.em(), secrets: TEST_SECRETS });

const addProfile: Adder = async (api, userId) => {
  const id = randomUUID();
  const apiId = randomInt(100_000, 2_000_000_000);
  await addApiProfile(vault(api), actor(userId), { id, apiId, apiHash: API_HASH, name: 'application' });
  return id;
};

const addAnimation = async (api: TestApi, giftId: string): Promise<void> => {
  const contentHash = await keepSticker(api.em(), gzipSync('{"v":"5.5.2","layers":[]}'));
  await api.em().execute('update star_gift set sticker_hash = ? where gift_id = ?', [contentHash, giftId]);
};

const addOwnGroup: Adder = async (api, userId) => {
  const groupId = randomUUID();
  await addGroup(api.em(), { groupId, userId }, { name: 'Chess club', description: null });
  return groupId;
};

/** Makes a thing of a user in the database, for each first part of an address whose things have owners. */
const ADDERS = {
  sessions: async (api, userId) => {
    await signedIn(api, userId);
    return (await listSessions(api.em(), userId)).at(0)?.id ?? '';
  },
  tokens: async (api, userId) => {
    const tokenHash = hashToken(newToken());
    return (await addApiToken(api.em(), actor(userId), { name: 'machine', scopes: ['read'], tokenHash })).id;
  },
  'api-profiles': addProfile,
  tasks: async (api, userId) => {
    const id = randomUUID();
    await addTask(api.em(), { userId, id }, aTask({ title: 'canary' }));
    return id;
  },
  goals: async (api, userId) => {
    const id = randomUUID();
    const values = {
      title: 'canary',
      why: '',
      unit: null,
      target: 100,
      dueDate: null,
      checkInOn: 7,
      checkInAt: '18:00',
    };
    await api.temporal.createGoal(id, { userId, ...values, milestones: [] });
    // Named like the goal, so that an address of both needs one id.
    await addMilestone(api.em(), id, { id, title: 'canary' });
    await noteQuestion(api.em(), id, { date: '2026-01-05', question: 'first-step', progress: 0 });
    return id;
  },
  skills: async (api, userId) => {
    const id = randomUUID();
    await putSkill(api.em(), { userId, id }, { name: 'canary', level: 1, targetLevel: 2 });
    return id;
  },
  people: async (api, userId) => {
    const id = randomUUID();
    await addPerson(api.em(), { userId, id }, aPerson('canary'));
    return id;
  },
  occasions: async (api, userId) => {
    const id = randomUUID();
    const date = { month: 3, day: 20, year: null };
    const occasion = { kind: 'holiday', personId: null, title: 'canary', leadDays: [7], at: '10:00', ...date } as const;
    await api.temporal.createOccasion(id, { userId, ...occasion });
    return id;
  },
  'focus-sessions': async (api, userId) => {
    const id = randomUUID();
    // There is one at a time.
    await api.em().execute('update focus_session set over = true where user_id = ?', [userId]);
    await api.temporal.startFocus(id, { userId, taskId: null, plan: USUAL_PLAN });
    return id;
  },
  habits: async (api, userId) => {
    const id = randomUUID();
    await api.temporal.createHabit(id, { ...habitWith(), userId });
    return id;
  },
  groups: addOwnGroup,
  'group-tags': async (api, userId) => {
    const id = randomUUID();
    await addTag(api.em(), { id, groupId: await addOwnGroup(api, userId), name: 'juniors', colour: '#3366ff' });
    return id;
  },
  'group-events': async (api, userId) => {
    const id = randomUUID();
    const groupId = await addOwnGroup(api, userId);
    const when = { start: '2030-01-07T19:00:00', zone: 'UTC', rule: 'FREQ=WEEKLY;BYDAY=MO', exdates: [] };
    const event = { title: 'Chess', description: null, ...when, durationMinutes: null, leadMinutes: [], tagIds: [] };
    await api.temporal.createGroupEvent(id, { ...event, groupId, userId });
    return id;
  },
  'telegram-logins': async (api, userId) => {
    const id = randomUUID();
    const apiProfileId = await addProfile(api, userId);
    const brings = { phone: PHONE };
    await addTelegramLogin(vault(api), actor(userId), { id, apiProfileId, accountId: null, brings });
    await api.em().execute(`update telegram_login set step = 'code' where id = ?`, [id]);
    return id;
  },
  accounts: async (api, userId) => {
    const id = randomUUID();
    await api.em().execute(
      `insert into telegram_account (id, user_id, api_profile_id, telegram_id, phone, phone_last4, session, name, state)
       values (?, ?, ?, ?, ?, ?, ?, 'Анна', 'ok')`,
      [
        ...[id, userId, await addProfile(api, userId), randomInt(1, 2 ** 47)],
        ...[TEST_SECRETS.seal(PHONE, sealedAs.phone(id)), PHONE.slice(-4)],
        TEST_SECRETS.seal(SESSION, sealedAs.session(id)),
      ],
    );
    return id;
  },
  reminders: async (api, userId) => {
    const reminderId = randomUUID();
    const reminder = reminderAt({ text: 'stretch', start: '2031-01-06T08:30:00', rule: 'FREQ=DAILY' });
    await api.temporal.createReminder({ reminderId, userId }, { ...reminder, userId });
    return reminderId;
  },
  channels: async (api, userId) => {
    const channelId = `-100${randomInt(1_000_000_000, 9_000_000_000)}`;
    const open = { priceMin: null, priceMax: null, supplyMin: null, supplyMax: null };
    const rule = { channelId, username: null, title: 'Канал', access: [], ...open };
    return (await addChannelRule(api.em(), actor(userId), rule))?.id ?? '';
  },
  'star-gifts': async (api, userId) => {
    const gift = aGift(String(randomInt(1, 2 ** 47)), { title: 'Мишка', priceStars: 50 });
    const changed = [{ gift, appearedAt: Date.now(), locks: {} }];
    const changes = [{ kind: 'appeared' as const, giftId: gift.id }];
    await writeLedger(api.em(), { userId, changed, changes, baseline: false });
    await addAnimation(api, gift.id);
    return gift.id;
  },
  drops: async (api, userId) => {
    const id = randomUUID();
    const plan = { gifts: [aGift('77')], accounts: [], targets: [], skips: [], deferred: [] };
    const operation = { accountId: randomUUID(), giftId: '77', target: '-1001234567890', priceStars: 10, supply: 100 };
    await insertDrop(api.em(), { id, userId, kind: 'release', seed: 'seed', plan, operations: [operation] });
    return id;
  },
} as const satisfies Record<string, Adder>;

export type OwnedKind = keyof typeof ADDERS;
const isOwnedKind = (name: string): name is OwnedKind => Object.hasOwn(ADDERS, name);

/** What the id in an address of the OpenAPI document is the id of; null = of nobody's, or not known here. */
export function ownedKind(path: string): OwnedKind | null {
  const name = /^\/api\/([a-z-]+)\/\{id\}/.exec(path)?.[1] ?? '';
  return isOwnedKind(name) ? name : null;
}

/** Makes a thing of this kind for the user; its id. */
export const addOwned = async (api: TestApi, userId: string, kind: OwnedKind): Promise<string> =>
  await ADDERS[kind](api, userId);

/** An account of the user under the id that the example of a purchase names. */
export async function addExampleAccount(api: TestApi, userId: string): Promise<void> {
  const id = await addOwned(api, userId, 'accounts');
  await api.em().execute('update telegram_account set id = ? where id = ?', [EXAMPLE_ACCOUNT, id]);
}
const EXAMPLE_ACCOUNT = '2b7a9f5e-54a8-4d0c-9d0f-0f3f4d0f8f11';
