import { addDays, dateOf, instantOf, wallTimeAt, weekdayOf, type WallDate } from '../zoned-time.ts';

export const DIGEST_KINDS = ['morning', 'evening', 'weekly'] as const;
export type DigestKind = (typeof DIGEST_KINDS)[number];

/** When a person wants digests; times are `HH:MM` of the zone, null = never. */
export interface DigestTimes {
  readonly zone: string;
  readonly morningAt: string | null;
  readonly eveningAt: string | null;
  /** 1 = Monday … 7 = Sunday; it comes with the evening, or at 20:00 without one. */
  readonly weeklyOn: number | null;
}

/** The last day for which each digest is behind the person; null = none yet. */
export type DigestsSent = Readonly<Record<DigestKind, WallDate | null>>;

export interface DigestMoments {
  /** To be sent now. */
  readonly due: readonly DigestKind[];
  readonly sent: DigestsSent;
  /** ms since 1970; null = no digest is wanted. */
  readonly nextMs: number | null;
}

const HOUR_MS = 3_600_000;
/** After so long a digest tells nothing new, and is let be. */
const WORTH_MS: Readonly<Record<DigestKind, number>> = {
  morning: 4 * HOUR_MS,
  evening: 3 * HOUR_MS,
  weekly: 24 * HOUR_MS,
};
const WEEKLY_WITHOUT_EVENING = '20:00';

/** What is due at `nowMs`, and when something is next. One date has one digest of each kind, whatever the zone becomes. */
export function digestMoments(times: DigestTimes, sent: DigestsSent, nowMs: number): DigestMoments {
  const due: DigestKind[] = [];
  const after = { ...sent };
  const nexts: number[] = [];
  for (const kind of DIGEST_KINDS) {
    const time = timeOf(times, kind);
    if (time === null) continue;
    const last = lastDate(times, kind, nowMs);
    const atMs = instantOf(wallTimeAt(last, time), times.zone);
    const isNew = after[kind] === null || after[kind] < last;
    if (isNew && atMs <= nowMs && nowMs - atMs <= WORTH_MS[kind]) due.push(kind);
    if (isNew && atMs <= nowMs) after[kind] = last;
    nexts.push(nextMoment(times, { kind, time, sent: after[kind] }, nowMs));
  }
  return { due, sent: after, nextMs: nexts.length === 0 ? null : Math.min(...nexts) };
}

/** How a person begins: what today's time is past for does not come any more. */
export function digestsFrom(times: DigestTimes, nowMs: number): DigestsSent {
  return digestMoments(times, { morning: null, evening: null, weekly: null }, nowMs).sent;
}

const timeOf = ({ morningAt, eveningAt, weeklyOn }: DigestTimes, kind: DigestKind): string | null => {
  if (kind === 'morning') return morningAt;
  if (kind === 'evening') return eveningAt;
  return weeklyOn === null ? null : (eveningAt ?? WEEKLY_WITHOUT_EVENING);
};

/** The last date up to today on which this kind comes. */
function lastDate({ zone, weeklyOn }: DigestTimes, kind: DigestKind, nowMs: number): WallDate {
  const today = dateOf(nowMs, zone);
  return kind === 'weekly' && weeklyOn !== null ? addDays(today, -((weekdayOf(today) - weeklyOn + 7) % 7)) : today;
}

interface Kind {
  readonly kind: DigestKind;
  readonly time: string;
  readonly sent: WallDate | null;
}

function nextMoment(times: DigestTimes, { kind, time, sent }: Kind, nowMs: number): number {
  const stepDays = kind === 'weekly' ? 7 : 1;
  let date = lastDate(times, kind, nowMs);
  for (;;) {
    const atMs = instantOf(wallTimeAt(date, time), times.zone);
    if (atMs > nowMs && (sent === null || date > sent)) return atMs;
    date = addDays(date, stepDays);
  }
}
