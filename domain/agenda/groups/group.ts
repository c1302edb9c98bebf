import { DomainError } from '../../shared/errors.ts';
import { checkRecurrence } from '../rule-check.ts';
import type { WallTime } from '../zoned-time.ts';

/** How a member hears of the group's events: with a sound, without one, or not at all. */
export const NOTIFY_MODES = ['sound', 'quiet', 'ignore'] as const;
export type NotifyMode = (typeof NOTIFY_MODES)[number];

export const GROUP_ANSWERS = ['going', 'maybe', 'not'] as const;
export type GroupAnswer = (typeof GROUP_ANSWERS)[number];

/** `done` = nothing comes any more. */
export type GroupEventState = 'active' | 'done' | 'deleted';

/** What an event is and when. */
export interface GroupEventDefinition {
  readonly title: string;
  readonly description: string | null;
  /** The first occurrence, or the only one. */
  readonly start: WallTime;
  /** IANA zone, of the group's clock. */
  readonly zone: string;
  /** RFC 5545 without DTSTART; null = once. */
  readonly rule: string | null;
  readonly exdates: readonly WallTime[];
  readonly durationMinutes: number | null;
  /** Members are told so many minutes before, too; the moment itself they always are. */
  readonly leadMinutes: readonly number[];
  /** Ids of tags: the event is for members who have one of them; none = for all. */
  readonly tagIds: readonly string[];
}

/** At most so many people in a group: each message goes to all of them. */
export const MAX_MEMBERS = 500;
/** At most so many events that are not over, and so many tags. */
export const MAX_EVENTS = 1_000;
export const MAX_TAGS = 50;
const MAX_LEADS = 10;
/** Four weeks. */
const MAX_LEAD_MINUTES = 40_320;
const MAX_DURATION_MINUTES = 44_640;

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

/** Whether an event can be kept. @throws DomainError event-invalid, or what is wrong with its time (`checkRecurrence`) */
export function checkGroupEvent(event: GroupEventDefinition): void {
  const { title, description, leadMinutes, durationMinutes, zone } = event;
  if (title.trim() === '' || title.length > 200) throw wrong('a title has 1 to 200 characters');
  if ((description ?? '').length > 4_000) throw wrong('a description has at most 4,000 characters');
  if (leadMinutes.length > MAX_LEADS) throw wrong(`at most ${MAX_LEADS} lead times`);
  if (leadMinutes.some((minutes) => !isWhole(minutes, 0, MAX_LEAD_MINUTES)))
    throw wrong(`a lead time is 0 to ${MAX_LEAD_MINUTES} minutes (four weeks)`);
  if (durationMinutes !== null && !isWhole(durationMinutes, 1, MAX_DURATION_MINUTES))
    throw wrong(`an event lasts 1 to ${MAX_DURATION_MINUTES} minutes (a month)`);
  checkRecurrence(event, zone);
}

const wrong = (message: string): DomainError => new DomainError('event-invalid', message);
