import { createDigestActivities } from '../../activities/agenda/digests.ts';
import { createReminderActivities } from '../../activities/agenda/reminders.ts';
import { createZoneActivities } from '../../activities/agenda/zones.ts';
import type { TaskQueue } from '../../contracts/task-queues.ts';
import type { DialogDeps, Screen } from '../../bot/dialog/dialog.ts';
import { createDialogActivities } from '../../bot/dialog/handle-updates.ts';
import { routeTable } from '../../bot/dialog/route-table.ts';
import { screens } from '../../bot/screens.ts';
import { planAgain } from '../../client/agenda.ts';
import { addUpdates, type ReadUpdate } from '../../db/repositories/inbox.ts';
import { findByMessenger } from '../../db/repositories/users.ts';
import type { ChatEvent, ChatPerson } from '../../domain/shared/chat-event.ts';
import type { Keyboard } from '../../domain/shared/keyboard.ts';
import type { OutboxPayload } from '../../domain/shared/outbox-message.ts';
import { renderPng } from '../../providers/pictures/render-png.ts';
import { startAgendaStage, type AgendaParts } from './agenda-stage.ts';

/** A person in a messenger who writes to the bot; every update goes through the inbox, every answer through the outbox. */
export interface StageChat {
  readonly person: ChatPerson;
  userId(): Promise<string>;
  /** What came of it, in order. */
  say(text: string): Promise<OutboxPayload[]>;
  command(name: string, args?: string): Promise<OutboxPayload[]>;
  /** Presses the button whose text holds this, under the last message that has one. */
  press(text: string): Promise<OutboxPayload[]>;
  pressData(data: string): Promise<OutboxPayload[]>;
  does(...events: readonly ChatEvent[]): Promise<OutboxPayload[]>;
  /** Data of a button that was shown at some time, the last one with this text. */
  dataOf(text: string): Promise<string>;
}

export type DialogStage = Awaited<ReturnType<typeof startDialogStage>>;

/** A database, a Temporal server with virtual time, and the dialog over both; `activitiesOf` adds what more promises need. */
export async function startDialogStage(
  more: readonly Screen[] = [],
  activitiesOf: (parts: AgendaParts) => object = () => ({}),
  queues: readonly TaskQueue[] = [],
) {
  let client: DialogDeps['client'] | null = null;
  const stage = await startAgendaStage(
    (parts) => ({
      ...activitiesOf(parts),
      ...createReminderActivities(parts),
      ...createDigestActivities(parts),
      ...createZoneActivities({
        em: parts.em,
        async planAgain(workflowIds) {
          if (client !== null) await planAgain(client, workflowIds);
        },
      }),
    }),
    queues,
  );
  client = stage.client;
  let nowMs = await stage.now();
  let file = new Uint8Array();
  const deps: DialogDeps = { em: stage.em, client, renderPng, download: () => Promise.resolve(file) };
  const activities = createDialogActivities({
    dialog: { routes: routeTable([...screens, ...more]), deps },
    ownerIds: ['telegram:900'],
    wakeSenders: () => Promise.resolve(),
    clock: () => nowMs,
  });
  let updates = 0;
  const written = async ({ messenger, chatId }: ChatPerson, after: number) =>
    await stage
      .em()
      .execute<{ id: number; payload: OutboxPayload }[]>(
        `select id::float8 as id, payload from outbox_message where sender = ? and chat_id = ? and id > ? order by id`,
        [messenger, chatId, after],
      );
  const keyboardsOf = async (person: ChatPerson): Promise<Keyboard> =>
    (await written(person, 0)).flatMap(({ payload }) => ('keyboard' in payload ? (payload.keyboard ?? []) : []));

  const handle = async (person: ChatPerson): Promise<OutboxPayload[]> => {
    const after = (await written(person, 0)).at(-1)?.id ?? 0;
    nowMs = await stage.now();
    await activities.handleUpdates(person);
    return (await written(person, after)).map(({ payload }) => payload);
  };
  const add = async (...read: readonly ReadUpdate[]): Promise<void> => {
    await addUpdates(stage.em(), read);
  };

  function chat(given: Partial<ChatPerson> = {}): StageChat {
    const personId = given.personId ?? String(500 + ++updates);
    const person: ChatPerson = {
      ...{ messenger: 'telegram', personId, chatId: personId, name: 'Анна', language: 'ru' },
      ...given,
    };
    const does = async (...events: readonly ChatEvent[]): Promise<OutboxPayload[]> => {
      await add(...events.map((event) => ({ key: `u${++updates}`, event, person })));
      return await handle(person);
    };
    const dataOf = async (text: string): Promise<string> => {
      const buttons = (await keyboardsOf(person)).flat();
      const button = buttons.findLast((one) => one.text.includes(text));
      if (button?.kind !== 'press') throw new Error(`no button «${text}» among ${JSON.stringify(buttons)}`);
      return button.data;
    };
    const pressData = async (data: string): Promise<OutboxPayload[]> =>
      await does({ kind: 'press', data, callbackId: `c${++updates}`, messageId: '1' });
    return {
      ...{ person, does, dataOf, pressData },
      userId: async () => (await findByMessenger(stage.em(), person.messenger, person.personId)) ?? '',
      say: async (text) => await does({ kind: 'text', text }),
      command: async (name, args = '') => await does({ kind: 'command', name, args }),
      press: async (text) => await pressData(await dataOf(text)),
    };
  }
  return {
    ...{ em: stage.em, client: stage.client, planned: stage.planned, chat, add, handle },
    stop: async (): Promise<void> => await stage.stop(),
    passMinutes: async (minutes: number): Promise<void> => await stage.pass(minutes * 60_000),
    /** What is downloaded from now on. */
    sends(bytes: Uint8Array<ArrayBuffer>): void {
      file = bytes;
    },
    /** A person whose language and zone are known. */
    async settled(given: Partial<ChatPerson> & { readonly zone?: string } = {}): Promise<StageChat> {
      const { zone = 'Europe/Berlin', ...person } = given;
      const known = chat(person);
      await known.command('cancel');
      const language = known.person.language === 'en' ? 'en' : 'ru';
      await stage
        .em()
        .execute('update user_settings set zone = ?, language = ? where user_id = ?', [
          ...[zone, language, await known.userId()],
        ]);
      return known;
    },
  };
}

/** The HTML of what was answered, and the words over buttons. */
export const saidIn = (payloads: readonly OutboxPayload[]): string =>
  payloads.map((payload) => ('html' in payload ? payload.html : '')).join('\n');
export const toastIn = (payloads: readonly OutboxPayload[]): string | null =>
  payloads.flatMap((payload) => (payload.kind === 'answer' ? [payload.toast] : []))[0] ?? null;
