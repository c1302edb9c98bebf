/** SQL of a `timestamptz` column as ISO 8601 in UTC, with milliseconds; null stays null. */
export const isoTime = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
