import { DomainError } from '../shared/errors.ts';
import type { WallTime } from './zoned-time.ts';

/** Names one occurrence in its series: `YYYYMMDDTHHMM` of its original wall time. Seconds are left out. */
export const occurrenceKey = (wall: WallTime): string => wall.slice(0, 16).replaceAll(/[-:]/g, '');

/** The same of the second time in an hour that comes twice: `YYYYMMDDRHHMM`. */
export const keyOfRepeat = (wall: WallTime): string => occurrenceKey(wall).replace('T', 'R');

/** The wall time that a key names. @throws DomainError occurrence-invalid */
export function wallOfKey(key: string): WallTime {
  const { date, time } = /^(?<date>\d{8})[TR](?<time>\d{4})$/.exec(key)?.groups ?? {};
  if (date === undefined || time === undefined)
    throw new DomainError('occurrence-invalid', `«${key}» is no occurrence; it is written as 20261121T0930`);
  const wall = `${date.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time.replace(/(..)(..)/, '$1:$2')}:00`;
  if (Number.isNaN(Date.parse(`${wall}Z`)) || !new Date(`${wall}Z`).toISOString().startsWith(wall))
    throw new DomainError('occurrence-invalid', `«${key}» is no date and time of the calendar`);
  return wall;
}
