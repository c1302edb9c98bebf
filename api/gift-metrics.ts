import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Logger } from 'pino';
import { Counter, Gauge, type Registry } from 'prom-client';
import { readGiftFigures, type GiftFigures, type Quantiles } from '../db/repositories/gift-metrics.ts';

/** So many scrapes share one answer of the database at most. */
const FRESH_MS = 2000;

interface Source {
  readonly em: () => SqlEntityManager;
  readonly log: Logger;
}

/** Adds what Postgres knows of gifts, purchases and messages; it is asked when somebody scrapes. */
export function addGiftMetrics(registry: Registry, { em, log }: Source): void {
  const figures = createFigures(em, log);
  addCounters(registry, figures);
  addSingles(registry, figures);
  addFamilies(registry, figures);
}

type Figures = () => Promise<GiftFigures | null>;

function createFigures(em: () => SqlEntityManager, log: Logger): Figures {
  let read: Promise<GiftFigures | null> = Promise.resolve(null);
  let readAt = -Infinity;
  return async () => {
    if (performance.now() - readAt > FRESH_MS) {
      readAt = performance.now();
      read = readGiftFigures(em()).catch((err: unknown) => {
        log.warn({ err }, 'figures of gifts not read');
        return null;
      });
    }
    return await read;
  };
}

function addCounters(registry: Registry, figures: Figures): void {
  const registers = [registry];
  const purchases = new Counter({
    name: 'gifty_purchases_total',
    help: 'Purchases by outcome: planned, form, sending, paid, rejected, unknown; the code of refused ones',
    labelNames: ['outcome', 'code'],
    registers,
    async collect() {
      const read = await figures();
      if (read === null) return;
      purchases.reset();
      for (const { outcome, code, count } of read.purchases) purchases.inc({ outcome, code }, count);
    },
  });
  const stars = new Counter({
    name: 'gifty_stars_spent_total',
    help: 'Stars of paid purchases',
    registers,
    async collect() {
      const read = await figures();
      if (read === null) return;
      stars.reset();
      stars.inc(read.spentStars);
    },
  });
}

const countOf = ({ purchases }: GiftFigures, wanted: string): number =>
  purchases.reduce((sum, { outcome, count }) => sum + (outcome === wanted ? count : 0), 0);

/** Metrics of one number each. */
const SINGLES: readonly (readonly [name: string, help: string, value: (figures: GiftFigures) => number])[] = [
  ['unknown_purchases', 'Purchases whose outcome is not known yet', (read) => countOf(read, 'unknown')],
  ['unknown_purchase_age_seconds', 'Age of the oldest purchase in doubt', (read) => read.oldestUnknownS],
  ['outbox_lag_seconds', 'Age of the oldest message that is due', (read) => read.outboxLagS],
  ['gift_watchers', 'Users whose gifts are to be watched', (read) => read.watchers],
  ['gift_watchers_degraded', 'Those of them whose accounts get no answer', (read) => read.degraded],
  ['gift_poll_age_seconds', 'Age of the oldest last poll of them', (read) => read.oldestPollS],
];

function addSingles(registry: Registry, figures: Figures): void {
  const registers = [registry];
  for (const [name, help, value] of SINGLES) {
    const gauge = new Gauge({
      ...{ name: `gifty_${name}`, help, registers },
      async collect() {
        const read = await figures();
        if (read !== null) gauge.set(value(read));
      },
    });
  }
  const up = new Gauge({
    name: 'gifty_figures_up',
    help: '1 = Postgres answered this scrape; 0 = its figures are those of an earlier one',
    registers,
    async collect() {
      up.set((await figures()) === null ? 0 : 1);
    },
  });
}

/** Metrics of the form `name{quantile="0.95"}`. */
const QUANTILES: readonly (readonly [name: string, help: string, value: (read: GiftFigures) => Quantiles | null])[] = [
  ['detection_to_form_seconds', 'From detection to the first form, of the last 100 drops', (read) => read.detection],
  ['notification_lag_seconds', 'From writing to sending, of the last 500 messages', (read) => read.notification],
];

function addFamilies(registry: Registry, figures: Figures): void {
  const registers = [registry];
  for (const [name, help, value] of QUANTILES) {
    const gauge = new Gauge({
      ...{ name: `gifty_${name}`, help, labelNames: ['quantile'], registers },
      async collect() {
        const read = await figures();
        if (read !== null) setQuantiles(gauge, value(read));
      },
    });
  }
  const outbox = new Gauge({
    ...{ name: 'gifty_outbox_messages', help: 'Messages by state', labelNames: ['state'], registers },
    async collect() {
      const read = await figures();
      if (read === null) return;
      outbox.reset();
      for (const { state, count } of read.outbox) outbox.set({ state }, count);
    },
  });
}

function setQuantiles(gauge: Gauge<'quantile'>, quantiles: Quantiles | null): void {
  gauge.reset();
  if (quantiles === null) return;
  gauge.set({ quantile: '0.5' }, quantiles.p50);
  gauge.set({ quantile: '0.95' }, quantiles.p95);
  gauge.set({ quantile: '1' }, quantiles.max);
}
