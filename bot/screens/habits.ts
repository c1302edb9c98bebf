import type { Screen } from '../dialog/dialog.ts';
import { onPause, onPauseFor, onRemove, onRemoveYes, onStep, onTimes, onTimesWritten } from './habit-changes.ts';
import { askKind, onAsk, onKind, onName, onNew, onOften, onPromptsWritten, onQuick, onTarget } from './habit-create.ts';
import { onExport, onFile, onImport, onMore } from './habit-files.ts';
import { archivedList, habitList } from './habit-list.ts';
import { habitPage, onPicture } from './habit-page.ts';
import { onAmount, onMark, onOther, onRaise } from './habit-ticks.ts';

/** /habits: the list with today's state, each habit's page, a new one step by step, and the buttons of the prompts. */
export const habitsScreen: Screen = {
  commands: {
    habits: async (turn, deps) =>
      turn.event.args === '' ? await habitList(turn, 0, deps) : askKind(turn, turn.event.args),
  },
  presses: {
    // Under the prompts, which are edited with the change itself.
    'habit.done': onMark('done', 'message'),
    'habit.skip': onMark('skip', 'message'),
    'habit.set': onMark('set', 'message'),
    'habit.other': onOther,
    'habit.raise': onRaise,
    'habits.list': async (turn, [page = '0'], deps) => await habitList(turn, Number(page), deps),
    'habits.tick': onMark('done', 'list'),
    'habits.add': onMark('set', 'list'),
    'habits.open': async (turn, [short = ''], deps) => await habitPage(turn, short, deps),
    'habits.tickHere': onMark('done', 'page'),
    'habits.plus': onMark('set', 'page'),
    'habits.skip': onMark('skip', 'page'),
    'habits.undo': onMark('undo', 'page'),
    'habits.map': onPicture('map'),
    'habits.curve': onPicture('curve'),
    'habits.pause': onPause,
    'habits.pauseFor': onPauseFor,
    'habits.resume': onStep('resume'),
    'habits.archive': onStep('archive'),
    'habits.restore': onStep('restore'),
    'habits.remove': onRemove,
    'habits.removeYes': onRemoveYes,
    'habits.times': onTimes,
    'habits.new': onNew,
    'habits.quick': onQuick,
    'habits.kind': onKind,
    'habits.often': onOften,
    'habits.ask': onAsk,
    'habits.more': onMore,
    'habits.export': onExport,
    'habits.import': onImport,
    'habits.archived': async (turn, _args, deps) => await archivedList(turn, deps),
  },
  awaited: {
    'habits.name': onName,
    'habits.target': onTarget,
    'habits.prompts': onPromptsWritten,
    'habits.amount': onAmount,
    'habits.times': onTimesWritten,
  },
  awaitedFiles: { 'habits.file': onFile },
};
