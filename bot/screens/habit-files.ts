import { exportHabits, importHabits } from '../../db/repositories/habit-portable.ts';
import { keepStoredHabit } from '../../client/habits.ts';
import { dayNumber } from '../../domain/agenda/habits/day-number.ts';
import { ARCHIVE_LIMITS, readLoopArchive, writeLoopArchive } from '../../domain/agenda/habits/loop-archive.ts';
import type { ImportProblem } from '../../domain/agenda/habits/portable-habit.ts';
import { dateOf } from '../../domain/agenda/zoned-time.ts';
import { derivedId } from '../dialog/derived-id.ts';
import type { FileEvent, Handler, PressHandler, Turn } from '../dialog/dialog.ts';
import { awaiting, change, done, press, say } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';

const wordsOf = ({ talker }: Turn) => texts(talker.speaks).habits;
const PROBLEMS_SHOWN = 10;

export const onMore: PressHandler = (turn) => {
  const words = wordsOf(turn);
  return change(words.moreTitle, [
    [press(words.export, 'habits.export'), press(words.import, 'habits.import')],
    [press(words.archived, 'habits.archived')],
    [press(words.back, 'habits.list', '0')],
  ]);
};

/** All habits as a file. */
export const onExport: PressHandler = async (turn, _args, { em }) => {
  const { userId, zone } = turn.talker;
  const today = dateOf(turn.nowMs, zone);
  const bytes = writeLoopArchive(await exportHabits(em(), userId), dayNumber(today));
  return {
    replies: [{ kind: 'file', name: `habits-${today}.zip`, bytes, html: wordsOf(turn).exported }],
    state: null,
  };
};

export const onImport: PressHandler = (turn) => awaiting(say(wordsOf(turn).askFile), 'habits.file');

/** A zip that was sent: what is good comes in, what is not is listed. */
export const onFile: Handler<FileEvent> = async (turn, deps) => {
  const words = wordsOf(turn);
  const { userId, messenger } = turn.talker;
  const { fileId } = turn.event;
  const bytes = await deps.download({ messenger, fileId, maxBytes: ARCHIVE_LIMITS.bytes });
  const { habits, problems } = readLoopArchive(bytes);
  const importId = derivedId(turn.updateId, 'habits');
  const imported = await importHabits(deps.em(), { userId, habits, importId, nowMs: turn.nowMs });
  for (const { id, asks } of imported) if (asks) await keepStoredHabit(deps.client, userId, id);
  const days = imported.reduce((sum, one) => sum + one.days, 0);
  const lines = [words.imported({ habits: imported.length, days }), ...problemLines(turn, problems)];
  return done(say(lines.join('\n'), [[press(words.back, 'habits.list', '0')]]));
};

function problemLines(turn: Turn, problems: readonly ImportProblem[]): string[] {
  if (problems.length === 0) return [];
  const words = wordsOf(turn);
  const shown = problems.slice(0, PROBLEMS_SHOWN).map(({ file, line, message }) => {
    return words.problem({ file, line: line === null ? '' : `:${line}`, message });
  });
  return ['', words.problems({ count: problems.length }), ...shown];
}
