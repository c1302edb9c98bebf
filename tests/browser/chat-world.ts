import { Resvg } from '@resvg/resvg-js';
import { startChatPage } from '../../sandbox/chat/server.ts';
import { botIdOf } from '../../sandbox/max/sandbox.ts';
import { startMaxApi } from '../../sandbox/max/server.ts';
import { startBotApi } from '../../sandbox/telegram-bot/server.ts';

const TELEGRAM_BOT = '1234567890';
const TELEGRAM_TOKEN = `${TELEGRAM_BOT}:AAExampleExampleExampleExampleExamp`;
const MAX_TOKEN = 'f9LHodD0cOJZ0b30xpIJTfakefakefake';
const PLENTY = { count: 1_000, windowMs: 1_000 };
const HEAT_MAP = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="120">${Array.from(
  { length: 53 * 7 },
  (_, day) =>
    `<rect x="${10 + Math.floor(day / 7) * 11.6}" y="${16 + (day % 7) * 12}" width="10" height="10" fill="hsl(150 60% ${85 - ((day * 7) % 50)}%)"/>`,
).join('')}</svg>`;

/** A Telegram and a MAX with a bot each that listens, and the page between them. */
export async function startChatWorld() {
  const limits = { bot: PLENTY, chat: PLENTY };
  const telegram = await startBotApi({ limits: { ...limits, group: PLENTY } });
  const max = await startMaxApi({ limits: { ...limits, answers: PLENTY }, readyMs: 0 });
  const page = await startChatPage({ telegram: telegram.url, max: max.url });

  const ask = async (url: string, init: RequestInit): Promise<unknown> => await (await fetch(url, init)).json();
  /** A request of the Telegram bot. */
  const asTelegram = async (method: string, body: object | FormData = {}): Promise<unknown> =>
    await ask(`${telegram.url}/bot${TELEGRAM_TOKEN}/${method}`, {
      method: 'POST',
      ...(body instanceof FormData ? { body } : { headers: JSON_TYPE, body: JSON.stringify(body) }),
    });
  /** A request of the MAX bot. */
  const asMax = async (route: string, body?: object): Promise<unknown> => {
    const [method = '', path = ''] = route.split(' ');
    const authorization = { authorization: MAX_TOKEN };
    const init = body === undefined ? { headers: authorization } : { headers: { ...JSON_TYPE, ...authorization } };
    return await ask(max.url + path, { ...init, method, ...(body !== undefined && { body: JSON.stringify(body) }) });
  };
  await asTelegram('getUpdates');
  await asMax('GET /updates?timeout=0');
  return {
    ...{ telegram, max, page, asTelegram, asMax, telegramBot: TELEGRAM_BOT, maxBot: botIdOf(MAX_TOKEN) },
    /** A year of a habit with its caption, as a form. */
    picture(chat: number, caption: string, markup: object): FormData {
      const form = new FormData();
      form.set('photo', new Blob([Uint8Array.from(new Resvg(HEAT_MAP).render().asPng())]), 'year.png');
      for (const [name, value] of Object.entries({ chat_id: String(chat), caption, parse_mode: 'HTML' }))
        form.set(name, value);
      form.set('reply_markup', JSON.stringify(markup));
      return form;
    },
    async stop() {
      await Promise.all([page.stop(), telegram.stop(), max.stop()]);
    },
  };
}

const JSON_TYPE = { 'content-type': 'application/json' };
