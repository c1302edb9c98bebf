import { Long, type tl } from '@mtcute/core';
import type { BaseTelegramClient } from '@mtcute/node';
import { TelegramError } from '../../domain/stargifts/telegram-error.ts';
import { spending } from './telegram-failure.ts';

const TIMEOUT_MS = 8_000;

/**
 * Pays a form, once: a connection that is lost meanwhile ends the wait,
 * because the library would send the request again on the next one.
 * @throws TelegramError
 */
export async function payForm(
  client: BaseTelegramClient,
  { invoice, formId }: { readonly invoice: tl.RawInputInvoiceStarGift; readonly formId: string },
): Promise<void> {
  const lost = new AbortController();
  const watch = (state: string) => {
    if (state !== 'connected') lost.abort(new Error('connection lost'));
  };
  client.onConnectionState.add(watch);
  try {
    const request = { _: 'payments.sendStarsForm', formId: Long.fromString(formId), invoice } as const;
    const result = await spending(() => client.call(request, { timeout: TIMEOUT_MS, abortSignal: lost.signal }));
    if (result._ !== 'payments.paymentResult') throw new TelegramError('unknown-outcome', 'VERIFICATION_NEEDED');
  } finally {
    client.onConnectionState.remove(watch);
  }
}
