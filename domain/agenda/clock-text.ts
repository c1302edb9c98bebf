const CLOCK =
  /^(?:[вс]\s+|at\s+)?(\d{1,2})(?:\s*[:.\-ч]\s*(\d{2})|\s*(?:час(?:ов|а)?|ч|h|o'clock)?)?\s*(am|pm|утра|дня|вечера|ночи)?\.?$/iu;
const SPAN = /^(?:с|со|from)?\s*(.+?)\s*(?:–|—|\sдо\s|\sto\s|\still\s|(?<=\d)\s*-\s*(?=\d))\s*(.+)$/iu;

/** `HH:MM` of a time of day as people type it: «8», «8:30», «8.30», «7 pm», «9 вечера»; null = this is none. */
export function readClock(typed: string): string | null {
  const [, hour = '', minute = '00', half = ''] = CLOCK.exec(typed.trim()) ?? [];
  if (hour === '') return null;
  const hours = hourOf(Number(hour), half.toLowerCase());
  if (hours === null || Number(minute) > 59) return null;
  return `${String(hours).padStart(2, '0')}:${minute}`;
}

/** Two times of day with a dash or a word between: «23:00–8:00», «с 9 до 18»; null = this is none, or they are equal. */
export function readSpan(typed: string): { readonly from: string; readonly to: string } | null {
  const [, first = '', second = ''] = SPAN.exec(typed.trim()) ?? [];
  const [from, to] = [readClock(first), readClock(second)];
  return from === null || to === null || from === to ? null : { from, to };
}

function hourOf(hour: number, half: string): number | null {
  if (half === '') return hour <= 23 ? hour : null;
  if (hour < 1 || hour > 12) return null;
  const isLate = half === 'pm' || half === 'дня' || half === 'вечера';
  return (hour % 12) + (isLate ? 12 : 0);
}
