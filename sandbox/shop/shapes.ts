import { circle, glow, line, path, rect, type Paints } from './brushes.ts';

type Drawing = (paints: Paints) => string;

const vessel: Drawing = ({ main, light, dark }) =>
  path('M150 150h100c-8 30 40 60 40 110 0 40-40 60-90 60s-90-20-90-60c0-50 48-80 40-110z', main) +
  path('M150 150h100l-6 20h-88z', dark) +
  path('M140 230c-14 20-14 50 4 66-8-22-6-44-4-66z', light);

const book: Drawing = ({ main, light, dark, accent }) =>
  rect('120 90 165 225', dark, 6) +
  rect('126 96 165 225', light, 4) +
  rect('115 85 165 225', main, 6) +
  rect('115 85 22 225', dark, 6) +
  rect('160 125 95 8', accent, 4) +
  rect('160 145 65 8', accent, 4) +
  circle('207 230 34', light);

const cup: Drawing = ({ main, light, dark }) =>
  line('M265 180c70-5 70 90-5 90', dark, 18) +
  path('M120 140h155v120c0 40-25 60-77 60s-78-20-78-60z', main) +
  path('M120 140h155v16h-155z', dark) +
  rect('140 175 18 90', light, 9) +
  line('M165 115c-10-20 10-25 0-45M215 115c-10-20 10-25 0-45', light, 6);

const tin: Drawing = ({ main, light, dark, accent }) =>
  rect('130 110 140 215', main, 14) +
  rect('122 90 156 40', dark, 10) +
  rect('130 170 140 90', light, 0) +
  path('M200 185c30 15 30 45 0 62-30-17-30-47 0-62z', accent) +
  line('M200 195v45', dark, 3);

const card: Drawing = ({ main, light, dark, accent }) =>
  `<g transform="rotate(-6 200 210)">${rect('85 140 230 140', main, 14)}${rect('85 170 230 12', light, 0)}${rect('105 205 110 10', light, 5)}${rect('105 228 70 10', light, 5)}${circle('270 230 22', accent)}${line('M285 140v140', dark, 3)}</g>`;

const chain =
  (pendant: string): Drawing =>
  ({ dark }) =>
    line('M110 90c10 110 50 150 90 155 40-5 80-45 90-155', dark, 5) + pendant;

const textile: Drawing = ({ main, light, dark }) =>
  rect('95 210 210 60', dark, 24) +
  rect('90 165 220 65', main, 26) +
  rect('100 125 200 60', light, 24) +
  line('M110 150h180M105 197h190M110 245h180', dark, 3);

const box: Drawing = ({ main, light, dark, accent }) =>
  rect('100 170 200 150', main, 8) +
  rect('90 135 220 50', dark, 8) +
  rect('186 135 28 185', accent, 0) +
  path('M200 135c-60-70-90 0 0 0 90 0 60-70 0 0z', accent) +
  rect('115 200 12 100', light, 6);

/** A drawing for each shape word of the data, on a 400×400 canvas. */
export const SHAPES: Readonly<Record<string, Drawing>> = {
  candle: ({ main, light, dark, accent }) =>
    rect('130 170 140 150', main, 18) +
    rect('130 170 140 26', light, 12) +
    rect('155 225 90 55', light, 6) +
    line('M200 170v-22', dark, 5) +
    path('M200 85c28 30 22 60 0 62-22-2-28-32 0-62z', accent) +
    line('M175 250h50', dark, 4),
  textile,
  vase: (paints) =>
    line('M200 160c-10-50 20-60 10-110M205 140c30-20 30-50 55-60', paints.accent, 6) +
    circle('212 50 14', paints.accent) +
    circle('262 78 12', paints.accent) +
    vessel(paints),
  lamp: ({ main, light, dark, accent }) =>
    glow('200 180 120', accent) +
    path('M140 210c0-150 120-150 120 0z', main) +
    path('M160 200c0-100 30-110 40-110-14 20-20 60-20 110z', light) +
    rect('188 210 24 80', dark, 6) +
    rect('150 285 100 26', dark, 13),
  ring: ({ main, light, dark, accent }) =>
    `<circle cx="200" cy="235" r="78" fill="none" stroke="${main}" stroke-width="20"/><circle cx="200" cy="235" r="70" fill="none" stroke="${light}" stroke-width="4"/>` +
    path('M200 165l-38-42 18-26h40l18 26z', accent) +
    line('M162 123h76', dark, 3),
  earrings: ({ main, light, accent }) =>
    [140, 260]
      .map(
        (x) =>
          line(`M${x} 110v60`, light, 5) +
          circle(`${x} 105 10`, accent) +
          path(`M${x} 165c50 60 40 110 0 120-40-10-50-60 0-120z`, main) +
          circle(`${x - 10} 240 9`, light),
      )
      .join(''),
  necklace: (paints) =>
    chain(path('M200 240l34 40-34 50-34-50z', paints.main) + path('M200 240l34 40h-68z', paints.light))(paints),
  bracelet: ({ main, light, accent }) =>
    Array.from({ length: 18 }, (_, i) =>
      circle(
        `${Math.round(200 + 95 * Math.cos((i * Math.PI) / 9))} ${Math.round(210 + 70 * Math.sin((i * Math.PI) / 9))} 17`,
        i === 4 ? accent : i % 3 === 0 ? light : main,
      ),
    ).join(''),
  tea: tin,
  coffee: ({ main, light, dark, accent }) =>
    path('M130 110h140l14 215h-168z', main) +
    rect('125 85 150 34', dark, 6) +
    rect('150 180 100 95', light, 50) +
    path('M200 195c36 12 36 56 0 68-36-12-36-56 0-68z', accent) +
    line('M200 198c-14 22 14 40 0 62', dark, 4),
  mug: cup,
  chocolate: ({ main, light, dark, accent }) =>
    rect('110 105 180 215', dark, 10) +
    Array.from({ length: 9 }, (_, i) =>
      rect(`${120 + (i % 3) * 56} ${115 + Math.floor(i / 3) * 66} 48 58`, i % 2 === 0 ? main : light, 8),
    ).join('') +
    rect('110 250 180 70', accent, 6),
  hoop: ({ main, light, dark, accent }) =>
    circle('200 215 112', dark) +
    circle('200 215 98', light) +
    rect('185 78 30 30', dark, 6) +
    line('M200 280c0-60-10-70 0-120', main, 6) +
    circle('200 155 26', accent) +
    circle('165 195 18', main) +
    circle('236 205 18', main),
  painting: ({ main, light, dark, accent }) =>
    rect('85 100 230 200', dark, 6) +
    rect('100 115 200 170', light, 2) +
    circle('250 155 24', accent) +
    path('M100 285l70-95 45 50 35-30 50 75z', main),
  boardgame: ({ main, light, dark, accent }) =>
    rect('90 130 220 190', main, 10) +
    rect('90 130 220 40', dark, 10) +
    Array.from({ length: 8 }, (_, i) =>
      rect(`${115 + (i % 4) * 44} ${190 + Math.floor(i / 4) * 55} 36 44`, i % 3 === 0 ? accent : light, 6),
    ).join(''),
  instrument: ({ main, light, dark, accent }) =>
    `<g transform="rotate(35 200 200)">${rect('188 40 24 170', dark, 6)}${circle('200 235 58', main)}${circle('200 310 76', main)}${circle('200 270 26', light)}${line('M194 50v270M206 50v270', accent, 2)}</g>`,
  blocks: ({ main, light, dark, accent }) =>
    rect('100 230 95 90', main, 8) +
    rect('205 230 95 90', accent, 8) +
    rect('152 135 95 90', light, 8) +
    path('M200 60l55 70h-110z', dark) +
    circle('147 275 20', light),
  plush: ({ main, light, dark, accent }) =>
    circle('140 110 34', main) +
    circle('260 110 34', main) +
    circle('200 160 78', main) +
    rect('125 215 150 115', main, 60) +
    circle('200 185 32', light) +
    circle('172 148 8', dark) +
    circle('228 148 8', dark) +
    circle('200 175 10', dark) +
    path('M200 235l-30-14v28zM200 235l30-14v28z', accent),
  puzzle: ({ main, light, dark, accent }) =>
    rect('95 110 105 105', main) +
    rect('205 110 105 105', accent) +
    rect('95 220 105 105', light) +
    `<g transform="rotate(10 260 270)">${rect('210 225 105 100', dark)}</g>` +
    circle('200 162 20', main) +
    circle('148 215 20', main) +
    circle('258 215 20', accent),
  kit: ({ main, light, dark, accent }) =>
    rect('95 165 210 150', main, 14) +
    line('M160 165v-40h80v40', dark, 12) +
    rect('95 225 210 12', dark, 0) +
    rect('180 215 40 34', accent, 6) +
    circle('135 270 14', light) +
    circle('265 270 14', light),
  book,
  notebook: (paints) => book(paints) + rect('262 80 10 240', paints.accent, 2),
  pen: ({ main, light, dark, accent }) =>
    `<g transform="rotate(40 200 200)">${rect('182 70 36 190', main, 14)}${rect('182 150 36 12', accent, 0)}${path('M182 255h36l-18 65z', dark)}${rect('190 80 8 150', light, 4)}</g>`,
  card,
  ticket: card,
  headphones: ({ main, light, dark, accent }) =>
    line('M110 230c0-170 180-170 180 0', dark, 18) +
    rect('88 210 55 105', main, 24) +
    rect('257 210 55 105', main, 24) +
    rect('130 222 16 80', light, 8) +
    rect('254 222 16 80', light, 8) +
    circle('115 262 8', accent),
  speaker: ({ main, light, dark, accent }) =>
    rect('120 80 160 245', main, 30) +
    circle('200 235 58', dark) +
    circle('200 235 28', light) +
    circle('200 130 28', dark) +
    circle('200 130 10', accent),
  clock: ({ main, light, dark, accent }) =>
    circle('200 210 120', main) +
    circle('200 210 100', light) +
    line('M200 210v-65', dark, 8) +
    line('M200 210l48 26', dark, 8) +
    circle('200 210 9', accent) +
    line('M200 122v6M200 292v6M112 210h6M282 210h6', dark, 6),
  gadget: ({ main, light, dark, accent }) =>
    rect('135 80 130 245', main, 22) +
    rect('150 110 100 130', light, 10) +
    circle('200 283 20', dark) +
    path('M205 130l-30 50h22l-8 40 34-54h-22z', accent),
  battery: ({ main, light, dark, accent }) =>
    [115, 215]
      .map(
        (x) =>
          rect(`${x + 20} 95 30 24`, light, 4) +
          rect(`${x} 115 70 205`, main, 12) +
          rect(`${x} 115 70 55`, accent, 12) +
          line(`M${x + 35} 225v40M${x + 15} 245h40`, dark, 6),
      )
      .join(''),
  wallet: ({ main, light, dark, accent }) =>
    rect('90 140 220 165', main, 18) +
    `<rect x="102" y="152" width="196" height="141" rx="12" fill="none" stroke="${light}" stroke-width="3" stroke-dasharray="9 7"/>` +
    rect('235 200 85 46', dark, 14) +
    circle('260 223 9', accent),
  box,
  poster: ({ main, light, dark, accent }) =>
    rect('110 70 180 250', dark, 4) +
    rect('122 82 156 226', light, 2) +
    circle('200 165 44', accent) +
    path('M122 308v-60c40-50 90 30 156-30v90z', main),
  bottle: ({ main, light, dark, accent }) =>
    rect('172 65 56 50', dark, 8) +
    path('M168 112h64c0 30 26 30 26 70v120c0 16-10 23-24 23h-68c-14 0-24-7-24-23v-120c0-40 26-40 26-70z', main) +
    rect('142 215 116 60', accent, 0) +
    rect('158 165 12 140', light, 6),
  backpack: ({ main, light, dark, accent }) =>
    line('M160 115c0-50 80-50 80 0', dark, 12) +
    rect('110 105 180 220', main, 50) +
    rect('135 215 130 90', dark, 20) +
    rect('150 150 100 12', accent, 6) +
    rect('160 235 80 10', light, 5),
  garden: ({ main, light, dark, accent }) =>
    path('M140 225h120l-18 100h-84z', main) +
    rect('130 205 140 30', dark, 8) +
    line('M200 205v-70', accent, 8) +
    path('M200 150c-10-60-70-60-80-50 10 40 40 60 80 50z', accent) +
    path('M200 130c10-60 60-60 75-45-10 35-40 55-75 45z', light),
  bike: ({ main, light, dark, accent }) =>
    [120, 280]
      .map(
        (x) =>
          `<circle cx="${x}" cy="260" r="55" fill="none" stroke="${dark}" stroke-width="9"/>` +
          circle(`${x} 260 8`, light),
      )
      .join('') +
    line('M120 260l50-90h80l30 90M170 170l40 90h-90M250 170l-40 90M250 170l-8-40h28', main, 9) +
    rect('148 150 46 13', accent, 6),
  board: ({ main, light, dark, accent }) =>
    `<g transform="rotate(-12 200 210)">${rect('120 130 160 190', main, 20)}${rect('182 65 36 80', main, 14)}${circle('200 88 9', light)}${line('M145 165c30 15 20 60 5 130M185 160c25 40 0 90 10 140M240 160c-15 60 15 90 0 140', dark, 3)}${circle('235 235 8', accent)}</g>`,
};
