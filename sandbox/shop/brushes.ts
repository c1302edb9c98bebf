/** The paints a drawing uses: body, its light and dark side, and a contrasting accent. */
export interface Paints {
  readonly main: string;
  readonly light: string;
  readonly dark: string;
  readonly accent: string;
}

/** A rounded rectangle; `box` is "x y width height". */
export function rect(box: string, fill: string, radius = 8): string {
  const [x = '0', y = '0', width = '0', height = '0'] = box.split(' ');
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"/>`;
}

/** A disc; `at` is "x y radius". */
export function circle(at: string, fill: string): string {
  const [x = '0', y = '0', r = '0'] = at.split(' ');
  return `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`;
}

/** A faint disc of light. */
export function glow(at: string, fill: string): string {
  return `<g opacity=".18">${circle(at, fill)}</g>`;
}

export function path(d: string, fill: string): string {
  return `<path d="${d}" fill="${fill}"/>`;
}

export function line(d: string, stroke: string, width = 8): string {
  return `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;
}
