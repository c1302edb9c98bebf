import { gzipSync } from 'node:zlib';

const SIZE = 512;
const FRAMES = 120;

const cache = new Map<number, Buffer>();

/** A small .tgs of our own: a box with a bow that swings, its colours and pace from the seed. Always the same for the same seed. */
export function animationOf(seed: number): Buffer {
  const known = cache.get(seed);
  if (known !== undefined) return known;
  // Byte 9 of a gzip head names the operating system: the same file on every machine.
  const made = gzipSync(JSON.stringify(lottie(seed)), { level: 9 });
  made[9] = 255;
  cache.set(seed, made);
  return made;
}

function lottie(seed: number) {
  const hue = (seed * 137) % 360;
  const swing = 4 + (seed % 9);
  const box = [
    rectangle({ at: [0, 40], size: [220, 180], radius: 18 }),
    fill(colour(hue, 0.55)),
    rectangle({ at: [0, 40], size: [44, 180], radius: 0 }),
    fill(colour(hue + 180, 0.6)),
  ];
  const lid = [rectangle({ at: [0, -60], size: [250, 56], radius: 14 }), fill(colour(hue + 20, 0.45))];
  const bow = [ellipse([-42, -112], [84, 52]), ellipse([42, -112], [84, 52]), fill(colour(hue + 180, 0.6))];
  return {
    tgs: 1,
    v: '5.5.2',
    fr: 60,
    ip: 0,
    op: FRAMES,
    w: SIZE,
    h: SIZE,
    nm: `gift ${seed}`,
    ddd: 0,
    assets: [],
    layers: [
      layer(1, 'bow', { shapes: bow, swing }),
      layer(2, 'lid', { shapes: lid, swing }),
      layer(3, 'box', { shapes: box, swing: 2 }),
    ],
  };
}

type Point = readonly [number, number];

function layer(
  index: number,
  name: string,
  { shapes, swing }: { readonly shapes: readonly object[]; readonly swing: number },
) {
  const still = (value: unknown) => ({ a: 0, k: value });
  const transform = {
    o: still(100),
    r: rotation(swing),
    p: still([256, 300, 0]),
    a: still([0, 100, 0]),
    s: still([100, 100, 100]),
  };
  const group = { ty: 'gr', nm: name, it: [...shapes, groupTransform()] };
  return {
    ddd: 0,
    ind: index,
    ty: 4,
    nm: name,
    sr: 1,
    ks: transform,
    ao: 0,
    shapes: [group],
    ip: 0,
    op: FRAMES,
    st: 0,
    bm: 0,
  };
}

function rotation(degrees: number) {
  const ease = { i: { x: [0.5], y: [1] }, o: { x: [0.5], y: [0] } };
  const key = (time: number, angle: number) => ({ ...ease, t: time, s: [angle] });
  return { a: 1, k: [key(0, 0), key(30, degrees), key(90, -degrees), { t: FRAMES, s: [0] }] };
}

function groupTransform() {
  const still = (value: unknown) => ({ a: 0, k: value });
  return {
    ty: 'tr',
    p: still([0, 0]),
    a: still([0, 0]),
    s: still([100, 100]),
    r: still(0),
    o: still(100),
    sk: still(0),
    sa: still(0),
  };
}

function rectangle({ at, size, radius }: { readonly at: Point; readonly size: Point; readonly radius: number }) {
  return { ty: 'rc', d: 1, p: { a: 0, k: at }, s: { a: 0, k: size }, r: { a: 0, k: radius } };
}

function ellipse(at: Point, size: Point) {
  return { ty: 'el', d: 1, p: { a: 0, k: at }, s: { a: 0, k: size } };
}

function fill(rgb: readonly number[]) {
  return { ty: 'fl', c: { a: 0, k: [...rgb, 1] }, o: { a: 0, k: 100 }, r: 1 };
}

/** Red, green, blue, 0..1. */
function colour(hue: number, lightness: number): number[] {
  const amplitude = 0.75 * Math.min(lightness, 1 - lightness);
  return [0, 8, 4].map((offset) => {
    const position = (offset + (((hue % 360) + 360) % 360) / 30) % 12;
    const value = lightness - amplitude * Math.max(-1, Math.min(position - 3, 9 - position, 1));
    return Math.round(value * 1000) / 1000;
  });
}
