import type { ProductChange, ShopCommand } from './control.ts';
import type { Layout } from './pages/redesigned.ts';
import type { ShopProduct } from './products.ts';

interface Override {
  readonly change: Omit<ProductChange, 'id'>;
  readonly at: Date;
}

/** What the shop shows now: its articles with the changes that the control API made. */
export class ShopState {
  readonly #authored: readonly ShopProduct[];
  readonly #byPath: ReadonlyMap<string, ShopProduct>;
  readonly #byId: ReadonlyMap<number, ShopProduct>;
  readonly #now: () => Date;
  #overrides = new Map<number, Override>();
  #layouts = new Map<string, Layout>();
  trap = false;
  robots: { crawlDelaySeconds: number | null; text: string | null } = { crawlDelaySeconds: null, text: null };
  /** Grows with each change; what was rendered before is stale. */
  revision = 0;

  constructor(products: readonly ShopProduct[], now: () => Date) {
    this.#authored = products;
    this.#byPath = new Map(products.map((product) => [product.path, product]));
    this.#byId = new Map(products.map((product) => [product.id, product]));
    this.#now = now;
  }

  /** Articles for lists and sitemaps: without those that are gone. */
  listed(): ShopProduct[] {
    return this.#authored.filter(({ id }) => this.goneOf(id) === null).map((product) => this.#changed(product));
  }

  byPath(path: string): ShopProduct | undefined {
    const product = this.#byPath.get(path);
    return product && this.#changed(product);
  }

  byId(id: number): ShopProduct | undefined {
    const product = this.#byId.get(id);
    return product && this.#changed(product);
  }

  goneOf(id: number): 404 | 410 | 'soft' | null {
    return this.#overrides.get(id)?.change.gone ?? null;
  }

  bannerOf(id: number): number | null {
    return this.#overrides.get(id)?.change.bannerPrice ?? null;
  }

  layoutOf(section: string): Layout {
    return this.#layouts.get(section) ?? 'classic';
  }

  /** Unknown ids are told by the answer, in their order; nothing is applied then. */
  apply(command: Omit<ShopCommand, 'faults' | 'latencyMs'>): number[] {
    const unknown = (command.products ?? []).map(({ id }) => id).filter((id) => !this.#byId.has(id));
    if (unknown.length > 0) return unknown;
    this.revision += 1;
    for (const { id, ...change } of command.products ?? []) {
      this.#overrides.set(id, { change: { ...this.#overrides.get(id)?.change, ...change }, at: this.#now() });
    }
    for (const [section, layout] of Object.entries(command.layouts ?? {})) this.#layouts.set(section, layout);
    this.trap = command.trap ?? this.trap;
    if (command.robots !== undefined) this.#setRobots(command.robots);
    return [];
  }

  #setRobots({ crawlDelaySeconds, text }: NonNullable<ShopCommand['robots']>): void {
    this.robots = {
      crawlDelaySeconds: pick(crawlDelaySeconds, this.robots.crawlDelaySeconds),
      text: pick(text, this.robots.text),
    };
  }

  reset(): void {
    this.#overrides = new Map();
    this.#layouts = new Map();
    this.trap = false;
    this.robots = { crawlDelaySeconds: null, text: null };
    this.revision += 1;
  }

  #changed(product: ShopProduct): ShopProduct {
    const override = this.#overrides.get(product.id);
    if (override === undefined) return product;
    const { price, oldPrice, availability } = override.change;
    const shift = price === undefined || price === null || product.price === null ? 0 : price - product.price;
    const cents = (amount: number): number => Math.round(amount * 100) / 100;
    return {
      ...product,
      price: pick(price, product.price),
      oldPrice: pick(oldPrice, product.oldPrice),
      highPrice: product.highPrice === null || price === null ? null : cents(product.highPrice + shift),
      availability: availability ?? product.availability,
      stock: (availability ?? product.availability) === 'in_stock' ? Math.max(1, product.stock) : 0,
      variants: product.variants.map((variant) => ({
        ...variant,
        price: cents(variant.price + shift),
        availability: availability ?? variant.availability,
      })),
      updatedAt: override.at,
    };
  }
}

function pick<T>(changed: T | undefined, kept: T): T {
  return changed === undefined ? kept : changed;
}
