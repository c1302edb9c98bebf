import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Changed, ChangeInput, MomentInput, Planned } from '../../contracts/agenda.ts';
import { readAgendaSettings, type AgendaSettingsRow } from '../../db/repositories/agenda-settings.ts';
import { readDay, readWeek } from '../../db/repositories/day-view.ts';
import { lockDigests, storeDigests } from '../../db/repositories/digests.ts';
import { listMissedReminders } from '../../db/repositories/reminders-read.ts';
import { tellPerson } from '../../db/repositories/tell-person.ts';
import { digestMoments, digestsFrom, type DigestKind } from '../../domain/agenda/focus/digest-plan.ts';
import { eveningText, morningText, weeklyText } from '../../domain/agenda/focus/day-text.ts';
import { missedNotice } from '../../domain/agenda/reminder-notice.ts';
import { DAY_MS } from '../../domain/agenda/zoned-time.ts';
import { MESSENGERS, type MessengerName } from '../../domain/shared/messenger-name.ts';

export interface DigestDeps {
  /** A fresh entity manager for one unit of work. */
  readonly em: () => SqlEntityManager;
  /** Has the outboxes of these bots sent; call it after the commit. */
  readonly wakeSenders: (messengers: readonly MessengerName[]) => Promise<void>;
  /** ms since 1970; default: this machine's clock. A workflow's time may lie ahead of it in tests. */
  readonly clock?: () => number;
}

const GONE: Planned = { next: { state: 'over' }, version: 0 };

/** Activities of the morning's plan, the evening's review and the week; the id is the user's. */
export function createDigestActivities({ em, wakeSenders, clock = Date.now }: DigestDeps) {
  const now = (nowMs: number): number => Math.max(nowMs, clock());
  /** Nothing is sent here: only what comes next. */
  const plan = async (userId: string, nowMs: number): Promise<Planned> =>
    await em().transactional(async (tx) => {
      const settings = await readAgendaSettings(tx, userId);
      if (settings === null) return GONE;
      const row = (await lockDigests(tx, userId)) ?? digestsFrom(settings, nowMs);
      const version = await storeDigests(tx, userId, row);
      const { due, nextMs } = digestMoments(settings, row, nowMs);
      return plannedAt(due.length > 0 ? nowMs : nextMs, version);
    });
  return {
    async planDigests({ id, nowMs }: MomentInput): Promise<Planned> {
      return await plan(id, now(nowMs));
    },

    /** Sends the digests whose time has come, each once. */
    async fireDigests({ id, nowMs }: MomentInput): Promise<Planned> {
      const atMs = now(nowMs);
      const { planned, woken } = await em().transactional(async (tx) => {
        const settings = await readAgendaSettings(tx, id);
        const row = settings === null ? null : await lockDigests(tx, id);
        if (settings === null || row === null) return { planned: GONE, woken: MESSENGERS };
        const { due, sent, nextMs } = digestMoments(settings, row, atMs);
        const woken: MessengerName[] = [];
        for (const kind of due) {
          const messenger = await tell(tx, settings, { kind, date: sent[kind] ?? '', nowMs: atMs });
          if (messenger !== null) woken.push(messenger);
        }
        const version = await storeDigests(tx, id, sent);
        // Nothing is due: an attempt before this one may have died between its commit and its call.
        return { planned: plannedAt(nextMs, version), woken: due.length === 0 ? MESSENGERS : woken };
      });
      await wakeSenders(woken);
      return planned;
    },

    async changeDigests({ id, nowMs }: ChangeInput<null>): Promise<Changed<null>> {
      return { outcome: null, planned: await plan(id, now(nowMs)) };
    },
  };
}
export type DigestActivities = ReturnType<typeof createDigestActivities>;

const plannedAt = (atMs: number | null, version: number): Planned => ({
  next: atMs === null ? { state: 'idle' } : { state: 'waits', atMs },
  version,
});

interface Sent {
  readonly kind: DigestKind;
  readonly date: string;
  readonly nowMs: number;
}

async function tell(
  em: SqlEntityManager,
  settings: AgendaSettingsRow,
  { kind, date, nowMs }: Sent,
): Promise<MessengerName | null> {
  const { userId, language } = settings;
  const html =
    kind === 'weekly'
      ? weeklyText(await readWeek(em, settings, nowMs), language)
      : (kind === 'morning' ? morningText : eveningText)(await readDay(em, settings, nowMs), language);
  const missed = kind === 'morning' ? await missedText(em, settings, nowMs) : '';
  const payload = { kind: 'text', html: missed === '' ? html : `${html}\n\n${missed}`, silent: false } as const;
  return await tellPerson(em, { userId, dedupeKey: `digest:${kind}:${date}`, payload });
}

const MISSED_AT_MOST = 10;

/** Reminders of the last day that came too late to be told. */
async function missedText(em: SqlEntityManager, settings: AgendaSettingsRow, nowMs: number): Promise<string> {
  const { userId, language, zone } = settings;
  const missed = await listMissedReminders(em, userId, { sinceMs: nowMs - DAY_MS, limit: MISSED_AT_MOST });
  const told = missed.map(({ text, dueAt }) => ({ text, dueMs: Date.parse(dueAt) }));
  return missedNotice(told, { zone, nowMs, language });
}
