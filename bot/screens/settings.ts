import { hasPassword, linkMessenger, renameUser } from '../../db/repositories/users.ts';
import { isUserName } from '../../domain/accounts/user-name.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import type { Keyboard } from '../../domain/shared/keyboard.ts';
import type { DialogDeps, Handler, PressHandler, Reaction, Screen, TextEvent, Turn } from '../dialog/dialog.ts';
import { awaiting, change, done, press, say } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';
import { applyEdit, canBeOff, editOf, isSpan, offEdit, settingField, type SettingField } from './settings-change.ts';
import { settingsPage } from './settings-page.ts';

const wordsOf = ({ talker }: Turn) => texts(talker.speaks).settings;

function question(turn: Turn, field: SettingField): string {
  const words = wordsOf(turn);
  const questions: Readonly<Record<SettingField, string>> = {
    ...{ quiet: words.askQuiet, work: words.askWork, weekly: words.askWeekly },
    ...{ morning: words.askMorning, evening: words.askEvening, dayStart: words.askDayStart },
  };
  return questions[field];
}

function fieldKeyboard(turn: Turn, field: SettingField): Keyboard {
  const words = wordsOf(turn);
  const days = words.shortWeekdays.map((name, index) => press(name, 'settings.weekly', String(index + 1)));
  return [
    ...(field === 'weekly' ? [days.slice(0, 4), days.slice(4)] : []),
    ...(canBeOff(field) ? [[press(words.turnOff, 'settings.off', field)]] : []),
    [press(texts(turn.talker.speaks).common.back, 'settings.open')],
  ];
}

const onAsk: PressHandler = (turn, [name = '']) => {
  const words = wordsOf(turn);
  const { talker } = turn;
  if (name === 'language') {
    const start = texts(talker.speaks).start;
    const row = [press(start.russian, 'settings.language', 'ru'), press(start.english, 'settings.language', 'en')];
    return change(words.language, [row]);
  }
  if (name === 'name') return awaiting(change(words.askName), 'settings.name');
  const field = settingField(name);
  if (field === null) throw new DomainError('not-found', `no setting «${name}»`);
  const asked = change(question(turn, field), fieldKeyboard(turn, field));
  return field === 'weekly' ? done(asked) : awaiting(asked, 'settings.value', { field });
};

async function saved(turn: Turn, deps: DialogDeps): Promise<Reaction> {
  const tell = turn.event.kind === 'press' ? change : say;
  return { ...done(await settingsPage(turn, deps, tell)), toast: wordsOf(turn).saved };
}

const onOff: PressHandler = async (turn, [name], deps) => {
  const field = settingField(name);
  const edit = field === null ? null : offEdit(field);
  if (edit === null) throw new DomainError('not-found', 'this cannot be switched off');
  await applyEdit(turn, deps, edit);
  return await saved(turn, deps);
};

const onWeekly: PressHandler = async (turn, [day = ''], deps) => {
  if (!/^[1-7]$/.test(day)) throw new DomainError('not-found', `no day of the week: ${day}`);
  await applyEdit(turn, deps, { day: { weeklyOn: Number(day) } });
  return await saved(turn, deps);
};

const onLanguage: PressHandler = async (turn, [code], deps) => {
  const language = code === 'en' ? 'en' : 'ru';
  await applyEdit(turn, deps, { person: { language } });
  return await saved({ ...turn, talker: { ...turn.talker, speaks: language } }, deps);
};

const onValue: Handler<TextEvent> = async (turn, deps) => {
  const words = wordsOf(turn);
  const field = settingField(turn.state.data['field']);
  if (field === null) return done(await settingsPage(turn, deps, say));
  const edit = editOf(field, turn.event.text);
  if (edit === null) return say(isSpan(field) ? words.notSpan : words.notClock);
  await applyEdit(turn, deps, edit);
  return await saved(turn, deps);
};

const onName: Handler<TextEvent> = async (turn, deps) => {
  const words = wordsOf(turn);
  const { userId } = turn.talker;
  const name = turn.event.text.trim();
  if (!isUserName(name)) return say(words.notName);
  if (!(await renameUser(deps.em(), { userId, ip: null }, name))) return say(words.nameTaken);
  return await saved(turn, deps);
};

/** Who came by this messenger and has no password would lose everything. */
const onUnlink: PressHandler = async (turn, _args, { em }) => {
  const words = wordsOf(turn);
  const back = press(texts(turn.talker.speaks).common.back, 'settings.open');
  if (!(await hasPassword(em(), turn.talker.userId))) return change(words.onlyHere, [[back]]);
  return change(words.askUnlink, [[press(words.unlinkYes, 'settings.unlink-yes')], [back]]);
};

const onUnlinkYes: PressHandler = async (turn, _args, { em }) => {
  const words = wordsOf(turn);
  const { userId, messenger } = turn.talker;
  if (!(await hasPassword(em(), userId))) return change(words.onlyHere);
  return {
    ...done(change(words.unlinked)),
    write: async (tx) => {
      await linkMessenger(tx, { userId, ip: null }, { messenger, messengerId: null });
    },
  };
};

/** /settings: language, clock, quiet hours, times of the digests, and parting from the panel. */
export const settingsScreen: Screen = {
  commands: { settings: async (turn, deps) => await settingsPage(turn, deps, say) },
  presses: {
    'settings.open': async (turn, _args, deps) => done(await settingsPage(turn, deps, change)),
    'settings.ask': onAsk,
    'settings.off': onOff,
    'settings.weekly': onWeekly,
    'settings.language': onLanguage,
    'settings.unlink': onUnlink,
    'settings.unlink-yes': onUnlinkYes,
  },
  awaited: { 'settings.value': onValue, 'settings.name': onName },
};
