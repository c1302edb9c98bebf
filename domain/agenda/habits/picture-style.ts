import { escapeHtml } from '../../shared/html.ts';

export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Pixels; a phone shows the whole width, so that nothing smaller than 28 px can be read there. */
export const PICTURE_WIDTH = 1080;
export const MARGIN = 56;

/** Colours of a theme besides the habit's own. */
export interface Palette {
  readonly page: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  /** A day of which nothing is known. */
  readonly track: string;
  /** More than there should be. */
  readonly over: string;
}

export const PALETTES: Readonly<Record<Theme, Palette>> = {
  light: { page: '#ffffff', text: '#1c1f24', muted: '#6a717c', line: '#e3e6ea', track: '#eceff2', over: '#e4572e' },
  dark: { page: '#14171c', text: '#f1f3f5', muted: '#99a1ad', line: '#2b313a', track: '#252b33', over: '#ff7a52' },
};

/** The colours that a habit may have, by their numbers in Loop Habit Tracker. */
export const HABIT_COLOURS = [
  ...['#d32f2f', '#e64a19', '#f57c00', '#ff8f00', '#f9a825', '#afb42b', '#7cb342', '#388e3c', '#00897b', '#00acc1'],
  ...['#039be5', '#1976d2', '#303f9f', '#5e35b1', '#8e24aa', '#d81b60', '#5d4037', '#424242', '#757575', '#bdbdbd'],
] as const;

/** The habit's colour as it can be seen on a theme's page. */
export function inkOf(colour: number, theme: Theme): string {
  const ink = HABIT_COLOURS[colour] ?? HABIT_COLOURS[7];
  return theme === 'dark' ? mix(ink, '#ffffff', 0.28) : ink;
}

/** One colour over another; `share` of the second one, 0..1. */
export function mix(from: string, to: string, share: number): string {
  const parts = [1, 3, 5].map((at) => {
    const [first, second] = [from, to].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16));
    return Math.round((first ?? 0) * (1 - share) + (second ?? 0) * share);
  });
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

export interface TextStyle {
  readonly size: number;
  readonly fill: string;
  readonly weight?: 400 | 500 | 700;
  readonly anchor?: 'start' | 'middle' | 'end';
}

/** One line of text whose base line is at `y`. */
export function textAt(
  { x, y }: Point,
  text: string,
  { size, fill, weight = 400, anchor = 'start' }: TextStyle,
): string {
  const place = `x="${round(x)}" y="${round(y)}" font-size="${size}" font-weight="${weight}"`;
  return `<text ${place} fill="${fill}" text-anchor="${anchor}">${escapeHtml(text)}</text>`;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A rectangle with round corners. */
export const boxAt = ({ x, y, width, height }: Box, radius: number, paint: string): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${radius}" ${paint}/>`;

export const round = (value: number): number => Math.round(value * 100) / 100;

/** Roughly how wide a line in Roboto is, px. */
const widthOf = (text: string, size: number): number =>
  Array.from(text).reduce(
    (sum, char) => sum + (/[.,:;|!il1 '’]/.test(char) ? 0.3 : /[MWЖМШЩЮФ@%]/.test(char) ? 0.86 : 0.57),
    0,
  ) * size;

/** What the font can show, cut to a width. */
export function fitted(text: string, size: number, width: number): string {
  const plain = text
    .replaceAll(/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (widthOf(plain, size) <= width) return plain;
  let cut = Array.from(plain);
  while (cut.length > 1 && widthOf(`${cut.join('')}…`, size) > width) cut = cut.slice(0, -1);
  return `${cut.join('').trimEnd()}…`;
}

/** A whole picture; `height` px. */
export function svgOf(given: {
  readonly height: number;
  readonly palette: Palette;
  readonly title: string;
  readonly parts: readonly string[];
}): string {
  const { palette, title, parts } = given;
  const height = round(given.height);
  const size = `viewBox="0 0 ${PICTURE_WIDTH} ${height}" width="${PICTURE_WIDTH}" height="${height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="Roboto, sans-serif" role="img">`,
    `<title>${escapeHtml(title)}</title><rect width="100%" height="100%" fill="${palette.page}"/>`,
    ...parts,
    '</svg>',
  ].join('');
}
