import { addDays, instantOf, wallTimeAt, wallTimeOf } from './zoned-time.ts';
import type { QuietHours } from './reminder-rules.ts';

/** Whether an instant lies in quiet hours; equal ends = no hour is quiet. */
export function isQuiet(hours: QuietHours, zone: string, atMs: number): boolean {
  const time = wallTimeOf(atMs, zone).slice(11, 16);
  const { from, to } = hours;
  return from <= to ? time >= from && time < to : time >= from || time < to;
}

/** Quiet hours as a person has set them, `HH:MM` of the zone; null = none. */
export interface QuietSettings {
  readonly quietFrom: string | null;
  readonly quietTo: string | null;
  readonly zone: string;
}

/** Whether an instant lies in a person's quiet hours. */
export const isQuietFor = ({ quietFrom, quietTo, zone }: QuietSettings, atMs: number): boolean =>
  quietFrom !== null && quietTo !== null && isQuiet({ from: quietFrom, to: quietTo }, zone, atMs);

/** The instant itself, or the end of the quiet hours in which it lies, ms. */
export function afterQuiet(hours: QuietHours, zone: string, atMs: number): number {
  if (!isQuiet(hours, zone, atMs)) return atMs;
  const wall = wallTimeOf(atMs, zone);
  const today = wallTimeAt(wall.slice(0, 10), hours.to);
  const end = today > wall ? today : wallTimeAt(addDays(wall.slice(0, 10), 1), hours.to);
  const endMs = instantOf(end, zone);
  // In an hour that comes twice the end may have been in its first half: then so much is left on the clock.
  return endMs > atMs ? endMs : atMs + Date.parse(`${end}Z`) - Date.parse(`${wall}Z`);
}
