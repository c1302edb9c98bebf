import { readOperatorHealth, readOperatorStats } from '../../db/repositories/operator-stats.ts';
import type { CommandEvent, DialogDeps, Handler, Screen, Turn } from '../dialog/dialog.ts';
import { menu } from '../dialog/menu.ts';
import { say } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';

/** To anybody else these commands do not exist. */
const forOperators =
  (show: (turn: Turn, deps: DialogDeps) => Promise<string>): Handler<CommandEvent> =>
  async (turn, deps) => {
    const { talker, event } = turn;
    if (talker.isOperator) return say(await show(turn, deps));
    return say(texts(talker.speaks).common.unknownCommand({ name: event.name }), menu(talker.speaks));
  };

type Line = readonly [name: string, value: string];

async function stats({ talker }: Turn, { em }: DialogDeps): Promise<string> {
  const words = texts(talker.speaks).operator;
  const found = await readOperatorStats(em());
  const lines: Line[] = [
    [words.users, String(found.users)],
    [words.newUsers, String(found.newUsers)],
    [words.telegram, `${found.telegram} (${found.telegramBlocked})`],
    [words.max, `${found.max} (${found.maxBlocked})`],
    [words.reminders, String(found.reminders)],
    [words.told, String(found.told)],
    [words.unknown, String(found.unknown)],
  ];
  return [words.stats, ...lines.map(([name, value]) => words.line({ name, value }))].join('\n');
}

async function health({ talker }: Turn, { em, client }: DialogDeps): Promise<string> {
  const words = texts(talker.speaks).operator;
  const begun = performance.now();
  const found = await readOperatorHealth(em());
  const databaseMs = performance.now() - begun;
  const temporalMs = await answersIn(async () => await client.workflowService.getSystemInfo({}));
  const took = (ms: number | null): string => (ms === null ? words.down : words.ms({ ms: Math.ceil(ms) }));
  const lines: Line[] = [
    [words.database, took(databaseMs)],
    [words.temporal, took(temporalMs)],
    [words.outbox, String(found.outbox)],
    [words.outboxAge, words.seconds({ seconds: found.outboxAgeSeconds })],
    [words.inbox, String(found.inbox)],
    [words.failed, String(found.failed)],
  ];
  return [words.health, ...lines.map(([name, value]) => words.line({ name, value }))].join('\n');
}

/** ms; null = it does not answer. */
async function answersIn(ask: () => Promise<unknown>): Promise<number | null> {
  const begun = performance.now();
  return await ask().then(
    () => performance.now() - begun,
    () => null,
  );
}

/** /stats and /health, for who is named in OWNER_IDS. */
export const operatorScreen: Screen = {
  commands: { stats: forOperators(stats), health: forOperators(health) },
};
