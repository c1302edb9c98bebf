const COLOURS: Readonly<Record<string, string>> = {
  beige: '#d9c4a0',
  black: '#3a3a40',
  blue: '#3f6fb5',
  brown: '#8a5a3c',
  copper: '#b8693a',
  gold: '#d1a437',
  green: '#5b8c5a',
  grey: '#8b9099',
  navy: '#2c3e66',
  orange: '#e08a3c',
  pink: '#e39aae',
  purple: '#8064a2',
  red: '#c0483f',
  silver: '#b6bcc6',
  teal: '#3f9a94',
  terracotta: '#c4694a',
  white: '#f3f0ea',
  yellow: '#e6bf4a',
  burgundy: '#7d2f3e',
  sky: '#7fb4d8',
};

const RUSSIAN: Readonly<Record<string, string>> = {
  бежевый: 'beige',
  белый: 'white',
  бирюзовый: 'teal',
  бордовый: 'burgundy',
  голубой: 'sky',
  жёлтый: 'yellow',
  зелёный: 'green',
  золотой: 'gold',
  коричневый: 'brown',
  красный: 'red',
  лиловый: 'purple',
  оранжевый: 'orange',
  розовый: 'pink',
  серебряный: 'silver',
  серый: 'grey',
  синий: 'blue',
  терракотовый: 'terracotta',
  фиолетовый: 'purple',
  чёрный: 'black',
};

/** The paint for a colour word of the data, Russian or English; undefined for a word that has none. */
export function paintOf(colour: string): string | undefined {
  return COLOURS[RUSSIAN[colour] ?? colour];
}

/** The colour moved towards white (`by` > 0) or black (`by` < 0); -1..1. */
export function shade(hex: string, by: number): string {
  const target = by > 0 ? 255 : 0;
  const channels = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const moved = channels.map((value) => Math.round(value + (target - value) * Math.abs(by)));
  return `#${moved.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
