import { parsePage } from './page-dom.ts';
import type { JsonRecord } from './lenient-json.ts';
import { readJsonLd } from './json-ld.ts';
import { readMicrodata } from './microdata.ts';
import { readOpenGraph } from './open-graph.ts';
import { readRdfa } from './rdfa.ts';

/** Everything a page says in machine-readable form, each syntax in the shape of JSON-LD objects. */
export interface Structured {
  readonly jsonLd: readonly JsonRecord[];
  readonly microdata: readonly JsonRecord[];
  readonly rdfa: readonly JsonRecord[];
  readonly openGraph: readonly JsonRecord[];
}

/** Reads JSON-LD, microdata, RDFa and OpenGraph of a page; links are resolved against `baseUrl`. */
export function readStructured(html: string, baseUrl: string): Structured {
  const page = parsePage(html);
  return {
    jsonLd: readJsonLd(html),
    microdata: readMicrodata(page, baseUrl),
    rdfa: readRdfa(page, baseUrl),
    openGraph: readOpenGraph(page),
  };
}
