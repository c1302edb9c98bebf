import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ChatActor } from '../support/agenda-chat.ts';
import type { Killable } from '../support/processes.ts';
import { startAgendaWorld, type AgendaWorld, type MessengerProcess } from './agenda-world.ts';
import { eventually } from './eventually.ts';

const TIMEOUT_MS = 300_000;
const ANNA = 501;

let world: AgendaWorld;
/** Anna in each messenger: two people, as far as the program knows. */
let both: readonly { readonly messenger: MessengerProcess; readonly anna: ChatActor }[];
beforeAll(async () => {
  world = await startAgendaWorld();
  both = world.messengers.map((messenger) => ({ messenger, anna: messenger.person(ANNA, 'Анна') }));
  await world.asking.start();
  await eventually('the bots listen', world.isListenedTo);
}, TIMEOUT_MS);
afterAll(async () => await world.stop());
afterEach(async () => expect(await world.complaints()).toEqual([]));

const inBoth = async (does: (anna: ChatActor, messenger: MessengerProcess) => Promise<unknown>): Promise<void> => {
  await Promise.all(both.map(async ({ anna, messenger }) => await does(anna, messenger)));
};

/** How often the bot has said this to Anna. */
const timesTold = async (anna: ChatActor, what: string): Promise<number> =>
  (await anna.chat()).entries.filter(({ from, text }) => from === 'bot' && text.includes(what)).length;

/** And not again. */
async function toldOnce(what: string): Promise<void> {
  await inBoth(async (anna) => {
    await anna.told(what);
    expect(await timesTold(anna, what)).toBe(1);
  });
}

test(
  'a day with the bot, in both messengers',
  async () => {
    await inBoth(async (anna, messenger) => {
      await anna.start();
      await anna.press('Русский');
      await anna.told('Напишите город');
      await anna.say('я в Казани');
      await anna.press('Да, верно');
      await anna.told('Готово!');

      await anna.say('напомни по будням в 8:30 размяться');
      expect((await anna.told('Вот что получилось')).text.match(/^• .* в 8:30$/gm)).toHaveLength(3);
      await anna.press('Да, сохранить');
      await anna.told(/Сохранено[\s\S]*размяться[\s\S]*по будням в 8:30/);

      await world.remind(messenger.name, ANNA, { text: 'чайник', dueMs: Date.now() + 2_000 });
      await anna.told('🔔 чайник');
      await anna.press('10 мин');
      await anna.told(/💤 чайник\s+отложено/);

      await anna.say('/habits Зарядка');
      await anna.press('⚡ Каждый день в 20:00');
      await anna.told('Зарядка — начали');
      await anna.press('✅ Готово');
      await anna.toast('Отмечено');
      await anna.press('🗓 Карта года');
      const { entries } = await anna.until((chat) => chat.entries.some(({ kind }) => kind === 'picture'), 'the map');
      const file = entries.find(({ kind }) => kind === 'picture')?.file;
      const picture = await (await fetch(new URL(file?.path ?? '', messenger.url))).bytes();
      expect(Buffer.from(picture.subarray(1, 4)).toString()).toBe('PNG');

      await anna.say('/focus');
      await anna.press('▶️ Начать');
      await anna.told(/Фокус.*осталось/);
      await anna.press('⏸ Пауза');
      await anna.told('Пауза · осталось');

      await anna.say('/today');
      await anna.told(/📅[\s\S]*Зарядка/);
    });
  },
  TIMEOUT_MS,
);

async function askForName(): Promise<void> {
  await inBoth(async (anna) => {
    const before = await timesTold(anna, 'Какая привычка?');
    await anna.say('/habits');
    await anna.press('➕ Новая привычка');
    await anna.told('Какая привычка?', before + 1);
  });
}

/** What is said while somebody is dead is the answer to what was asked before. */
async function askedAcross(name: string, victim: Killable): Promise<void> {
  await askForName();
  await victim.kill();
  await inBoth(async (anna) => await anna.say(name));
  await victim.start();
  await toldOnce(`${name} — как считать?`);
  await inBoth(async (anna) => await anna.press('⚡ Каждый день в 20:00'));
  await toldOnce(`${name} — начали`);
}

test(
  'a killed Temporal and a killed database: a question that was asked is answered afterwards, once',
  async () => {
    const { stack } = world;
    await askedAcross('Рисунок', stack.temporal);
    await askedAcross('Скрипка', stack.postgres);
  },
  TIMEOUT_MS,
);

test(
  'a worker killed between taking an update over and saying so: it comes again, and has one effect',
  async () => {
    const { holds, asking, messengers } = world;
    const name = 'Сон';
    await inBoth(async (anna) => {
      await anna.say('/habits');
      await anna.told('Привычки · 3');
    });
    const asked = await timesAsked();
    const held = messengers.map((one) => holds.arm(new RegExp(`insert into ingress_marker[^]*${one.name}`), 'request'));
    await inBoth(async (anna) => await anna.press('➕ Новая привычка'));
    await Promise.all(held.map(async ({ reached }) => await reached));
    await eventually('both were answered', async () => (await timesAsked()) === asked + messengers.length);
    await asking.kill();
    const before = await markers();
    await inBoth(async (anna) => await anna.say(name));
    await asking.start();
    await toldOnce(`${name} — как считать?`);
    expect((await markers()).filter((marker) => before.includes(marker))).toEqual([]);
    expect(await timesAsked()).toBe(asked + messengers.length);
  },
  TIMEOUT_MS,
);

async function markers(): Promise<string[]> {
  const rows = await world.rows<{ marker: string }>(`select messenger || marker as marker from ingress_marker`);
  return rows.map(({ marker }) => marker);
}

/** Over both messengers. */
const timesAsked = async (): Promise<number> =>
  (await world.texts()).filter((text) => text.includes('Какая привычка?')).length;

test(
  'webhooks: an answer that is lost brings the update twice, a killed API brings it later; each has one effect',
  async () => {
    const { asking, told, api, holds, webhooks, messengers } = world;
    await asking.kill();
    await told.start();
    await eventually('webhooks are set', async () => (await world.deliveries()).every((one) => one.webhooks === 1));
    const handedOver = async () =>
      await eventually('all is handed over', async () => (await world.deliveries()).every((one) => one.pending === 0));
    await inBoth(async (anna) => await anna.say('завтра в 10 полить цветы'));
    await toldOnce('полить цветы');
    const lost = messengers.map(({ name }) => holds.arm(new RegExp(`POST /webhooks/${name}`), 'answer'));
    await inBoth(async (anna) => await anna.press('Да, сохранить'));
    await Promise.all(lost.map(async ({ reached }) => await reached));
    await inBoth(async (anna) => await anna.told(/Сохранено[\s\S]*полить цветы/));
    webhooks.heal();
    await handedOver();
    const before = await world.deliveries();
    expect(before.every(({ failed }) => failed > 0)).toBe(true);
    await api.kill();
    await inBoth(async (anna) => await anna.say('/habits Танец'));
    await eventually('both have tried', async () =>
      (await world.deliveries()).every((one, place) => one.failed > (before[place]?.failed ?? 0)),
    );
    await api.start();
    await toldOnce('Танец — как считать?');
    await handedOver();
    const [{ saved } = { saved: 0 }] = await world.rows<{ saved: number }>(
      `select count(*)::int as saved from reminder where text = 'полить цветы'`,
    );
    expect(saved).toBe(messengers.length);
  },
  TIMEOUT_MS,
);

const start = async (process: Killable): Promise<void> => await process.start();
const nameIn = (text: string): string => /дело \d+/.exec(text)?.[0] ?? text;

/** How often each reminder of the crowd has come. */
async function arrivals(): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number>();
  for (const text of await world.texts()) {
    const name = nameIn(text);
    if (name !== text) times.set(name, (times.get(name) ?? 0) + 1);
  }
  return times;
}

/** Thirty people, half of them in each messenger. */
const CROWD = Array.from({ length: 30 }, (_, n) => 600 + n);
const REMINDERS = 60;

test(
  `${REMINDERS} reminders for ${CROWD.length} people, workers killed meanwhile, and at last everything at once: each arrives, once`,
  async () => {
    const { told: worker, holds, rows, messengers } = world;
    const homeOf = (person: number): MessengerProcess => messengers[person % 2] ?? world.telegram;
    for (const person of CROWD) await homeOf(person).person(person, `Гость ${person}`).start();
    await eventually('everybody is known', async () => (await world.known()) === CROWD.length + messengers.length);
    await askForName();

    const dueMs = Date.now() + 5_000;
    await Promise.all(
      Array.from({ length: REMINDERS }, async (_, n) => {
        const person = CROWD[n % CROWD.length] ?? 0;
        await world.remind(homeOf(person).name, person, { text: `дело ${n}`, dueMs: dueMs + (n % 3) * 1_000 });
      }),
    );
    const inFlight = new Set<string>();
    const noteFlying = async (): Promise<void> => {
      for (const html of await world.inFlight()) inFlight.add(nameIn(html));
    };
    await eventually('nothing is left to say', async () => (await world.unsent()) === 0);
    // One message has certainly arrived then without anybody knowing.
    const hold = holds.arm(/update outbox_message set state = 'sent'/, 'request');
    await hold.reached;
    await worker.kill();
    await noteFlying();
    expect(inFlight.size).toBeGreaterThan(0);
    await worker.start();
    await eventually('half of them have come', async () => (await arrivals()).size >= REMINDERS / 2);
    await worker.kill();
    await noteFlying();
    await worker.start();
    await eventually('most have come', async () => (await arrivals()).size >= REMINDERS * 0.8);
    expect(await world.complaints()).toEqual([]);
    await world.killEverything();
    await Promise.all([world.stack.postgres, ...messengers.map(({ process }) => process)].map(start));
    await noteFlying();
    await inBoth(async (anna) => await anna.say('Лес'));
    for (const process of [world.stack.temporal, worker, world.api]) await process.start();

    await toldOnce('Лес — как считать?');
    await eventually('all have come', async () => (await arrivals()).size === REMINDERS);
    await eventually('nothing is left to send', async () => (await world.unsent()) === 0);
    const doubled = [...(await arrivals())].filter(([, times]) => times > 1).map(([name]) => name);
    expect(doubled.length).toBeGreaterThan(0);
    expect(doubled.filter((name) => !inFlight.has(name))).toEqual([]);
    const occurrences = await rows<{ state: string; times: number }>(
      `select reminder.text, occurrence.state, count(*)::int as times from reminder_occurrence as occurrence
         join reminder on reminder.id = occurrence.reminder_id where reminder.text like 'дело %' group by 1, 2 order by 1`,
    );
    expect(occurrences).toHaveLength(REMINDERS);
    expect(occurrences.filter(({ state, times }) => state !== 'sent' || times !== 1)).toEqual([]);
  },
  TIMEOUT_MS,
);
