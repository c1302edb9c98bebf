import { z } from 'zod';
import type { TelegramDcControl } from '../../../sandbox/telegram-dc/control/client.ts';

/** When a batch came out, and what the datacentre's log showed before it. */
export interface Release {
  /** Epoch ms. */
  readonly at: number;
  /** Number of the last call before it. */
  readonly after: number;
  /** Gifts in a whole list since then. */
  readonly listed: number;
}

/** From the release on, as the sandbox itself saw it: ms, copies, Stars. */
export interface Figures {
  /** The first list that held the batch was sent. */
  readonly foundMs: number | null;
  readonly firstFormMs: number | null;
  readonly lastPaidMs: number | null;
  readonly bought: number;
  readonly stars: number;
}

/** What the datacentre's log and ledgers tell of a release. */
export async function figuresOf(control: TelegramDcControl, { at, after, listed }: Release): Promise<Figures> {
  const calls = await control.requests({ since: after });
  const found = calls.find(({ giftCount }) => giftCount !== null && giftCount >= listed);
  const form = calls.find(({ method }) => method === 'payments.getPaymentForm');
  const paid = calls.filter(
    ({ method, answer }) => method === 'payments.sendStarsForm' && answer === 'payments.paymentResult',
  );
  const ledgers = await control.ledgers({});
  const purchases = ledgers.flatMap((ledger) => ledger.purchases).filter((purchase) => purchase.at >= at);
  const since = (time: number | null | undefined): number | null =>
    time === null || time === undefined ? null : Math.round(time - at);
  return {
    foundMs: since(found?.answeredAt),
    firstFormMs: since(form?.receivedAt),
    lastPaidMs: since(paid.at(-1)?.answeredAt),
    bought: purchases.length,
    stars: purchases.reduce((sum, { stars }) => sum + stars, 0),
  };
}

const messages = z.object({
  messages: z.array(z.object({ chatId: z.string(), source: z.string(), at: z.number() })),
});
export type ChatMessage = z.output<typeof messages>['messages'][number];

/** Messages that bots sent since then, of the sandbox's Bot API. */
export async function messagesSince(botApiUrl: string, at: number): Promise<readonly ChatMessage[]> {
  const response = await fetch(new URL('/control/messages', botApiUrl));
  return messages.parse(await response.json()).messages.filter((message) => message.at >= at);
}
