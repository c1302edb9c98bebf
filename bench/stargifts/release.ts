import { until, type Service } from './service.ts';

/** What the datacentre saw of one release; ms after its first answer that held the new gift. */
export interface Release {
  /** The first payment form that it was asked for. */
  readonly firstFormMs: number;
  /** The answer to each account's first payment. */
  readonly firstPaidMs: readonly number[];
}

/** Puts one gift on sale that every account takes `copies` of, and waits until it is bought and told. */
export async function measureRelease({ control, buyers, isIdle }: Service, copies = 1): Promise<Release> {
  const before = (await control.gifts({})).length;
  const since = Math.max(0, ...(await control.requests({})).map(({ number }) => number));
  const [gift] = await control.releaseGifts({ gifts: [{ stars: 10, total: 100_000, perUserTotal: copies }] });
  const asked = async (method: string) => await control.requests({ since, method });
  await until('all have bought', async () => {
    const paid = await asked('payments.sendStarsForm');
    return paid.filter(({ answeredAt }) => answeredAt !== null).length === buyers.accounts.length * copies;
  });
  await until('the drop is reported', isIdle);
  // Also the one that was on its way when the gift came.
  const lists = await control.requests({ method: 'payments.getStarGifts' });
  const shown = lists.flatMap(({ answeredAt, giftCount }) =>
    giftCount === before + 1 ? [answeredAt ?? Infinity] : [],
  );
  const seenAt = Math.min(...shown);
  const forms = (await asked('payments.getPaymentForm')).filter(({ giftId }) => giftId === gift?.id);
  const paid = Map.groupBy(await asked('payments.sendStarsForm'), ({ account }) => account);
  return {
    firstFormMs: Math.min(...forms.map(({ receivedAt }) => receivedAt)) - seenAt,
    firstPaidMs: [...paid.values()].map(
      (own) => Math.min(...own.map(({ answeredAt }) => answeredAt ?? Infinity)) - seenAt,
    ),
  };
}
