import type { Run } from './ours.ts';

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Medians over the runs of each tool, beside `reference`, ready to print. */
export function table(runs: readonly Run[], reference: string): string {
  const rows = [...Map.groupBy(runs, ({ tool }) => tool)].map(([tool, of]) => ({
    tool,
    products: of.map(({ products }) => products).join('/'),
    perSecond: median(of.map(({ pages, wallS }) => pages / wallS)),
    wallS: median(of.map(({ wallS }) => wallS)),
    cpuS: median(of.map(({ cpuS }) => cpuS)),
    rssMb: median(of.map(({ rssMb }) => rssMb)),
  }));
  const base = rows.find(({ tool }) => tool === reference)?.perSecond;
  const head = `${'tool'.padEnd(22)} pages/s   × ${reference.padEnd(8)} wall s   CPU s  RSS MB  products`;
  const lines = rows.map(({ tool, products, perSecond, wallS, cpuS, rssMb }) => {
    const ratio = base === undefined ? '–' : (perSecond / base).toFixed(2);
    const cells = [perSecond.toFixed(0).padStart(7), ratio.padStart(9), wallS.toFixed(2).padStart(9)];
    return [tool.padEnd(22), ...cells, cpuS.toFixed(2).padStart(7), rssMb.toFixed(0).padStart(7), ` ${products}`].join(
      ' ',
    );
  });
  return [head, ...lines].join('\n');
}
