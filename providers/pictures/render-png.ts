import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';

/** Regular, medium and bold: what our pictures use. */
const FONT_FILES = ['400Regular', '500Medium', '700Bold'].map((weight) =>
  fileURLToPath(import.meta.resolve(`@expo-google-fonts/roboto/Roboto_${weight}.ttf`)),
);

/** Draws an SVG at its own size as PNG, with the bundled fonts only: the same bytes on every machine. */
export function renderPng(svg: string): Uint8Array {
  const font = { fontFiles: FONT_FILES, loadSystemFonts: false, defaultFontFamily: 'Roboto' };
  return new Resvg(svg, { font }).render().asPng();
}
