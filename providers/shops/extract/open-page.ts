import { parsePage } from './page-dom.ts';
import type { PageDom } from './page-dom.ts';
import { PageZones } from './zones.ts';

/** A fetched page that is parsed when a reader first asks for it, and then once for all of them. */
export class OpenPage {
  readonly html: string;
  #dom: PageDom | null = null;
  #zones: PageZones | null = null;

  constructor(html: string) {
    this.html = html;
  }

  get dom(): PageDom {
    this.#dom ??= parsePage(this.html);
    return this.#dom;
  }

  get zones(): PageZones {
    this.#zones ??= PageZones.of(this.dom);
    return this.#zones;
  }
}
