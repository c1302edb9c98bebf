import { steady } from './derive.ts';
import { paintOf, shade } from './palette.ts';
import type { ShopProduct } from './products.ts';
import { SHAPES } from './shapes.ts';

const ACCENTS = ['#e0a33c', '#c0483f', '#3f8f8a', '#7a5ea8', '#d9799a', '#4f7fc0'];
const WALLS = ['#efe6da', '#e3ebe6', '#e6e7f0', '#f2e4e2', '#ece9dc', '#e0eaef'];

/** The picture of an article, view 1 or 2, as SVG: drawn from its shape, its colour and its id. */
export function drawPicture(product: ShopProduct, view: number): string {
  const main = paintOf(product.colour) ?? '#8b9099';
  const pick = (list: readonly string[], salt: number): string =>
    list[Math.floor(steady(product.id, salt) * list.length)] ?? main;
  const paints = { main, light: shade(main, 0.45), dark: shade(main, -0.35), accent: pick(ACCENTS, 7) };
  const wall = pick(WALLS, 7 + view);
  const draw = SHAPES[product.shape] ?? SHAPES['box'];
  const turn = view === 1 ? 0 : 8;
  const scale = (0.86 + steady(product.id, 9) * 0.16) * (view === 1 ? 1 : 0.82);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="800" height="800"><defs><radialGradient id="g" cx=".4" cy=".3" r=".9"><stop offset="0" stop-color="${shade(wall, 0.6)}"/><stop offset="1" stop-color="${shade(wall, -0.06)}"/></radialGradient></defs><rect width="400" height="400" fill="url(#g)"/><rect y="305" width="400" height="95" fill="${shade(wall, -0.12)}"/><ellipse cx="200" cy="326" rx="${Math.round(125 * scale)}" ry="15" fill="#000" opacity=".16"/><g transform="translate(200 325) rotate(${turn}) scale(${scale.toFixed(3)}) translate(-200 -325)">${draw?.(paints) ?? ''}</g></svg>`;
}
