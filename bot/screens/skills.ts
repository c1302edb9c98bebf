import { addEvidence, listSkills, putSkill, readSkill } from '../../db/repositories/skills.ts';
import { longId, shortId } from '../../domain/agenda/button-data.ts';
import { derivedId } from '../dialog/derived-id.ts';
import type { DialogDeps, Handler, PressHandler, Reaction, Screen, TextEvent, Turn } from '../dialog/dialog.ts';
import { awaiting, change, done, press, say, toast } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';

const HIGHEST = 5;
const LONGEST = 300;
const wordsOf = ({ talker }: Turn) => texts(talker.speaks).goals;

async function skillsPage(turn: Turn, { em }: Pick<DialogDeps, 'em'>): Promise<Reaction> {
  const words = wordsOf(turn);
  const skills = await listSkills(em(), turn.talker.userId);
  const tell = turn.event.kind === 'press' ? change : say;
  const last = [press(words.addSkill, 'skills.add'), press(words.back, 'goals.list')];
  if (skills.length === 0) return tell(words.noSkills, [last]);
  const lines = skills.map(({ name, level, targetLevel }) =>
    words.skill({ name, level: '●'.repeat(level) + '○'.repeat(HIGHEST - level), target: targetLevel }),
  );
  const buttons = skills
    .slice(0, 10)
    .map(({ id, name }) => [press(`🏅 ${name.slice(0, 40)}`, 'skill.evidence', shortId(id))]);
  return tell([words.skillsTitle, ...lines].join('\n'), [...buttons, last]);
}

/** `English 2`: a text with a level behind; null = there is none. */
function leveled(said: string): { readonly text: string; readonly level: number } | null {
  const [, text = '', level] = /^(.{1,300}?)[\s,:—-]+([0-5])\s*$/su.exec(said.trim()) ?? [];
  return text.trim() === '' || level === undefined
    ? null
    : { text: text.trim().slice(0, LONGEST), level: Number(level) };
}

const onSkill: Handler<TextEvent> = async (turn, deps) => {
  const said = leveled(turn.event.text);
  if (said === null) return say(wordsOf(turn).notLevel);
  const key = { userId: turn.talker.userId, id: derivedId(turn.updateId, 'skill') };
  const targetLevel = Math.min(HIGHEST, said.level + 1);
  await putSkill(deps.em(), key, { name: said.text, level: said.level, targetLevel });
  return done(await skillsPage(turn, deps));
};

const onAskEvidence: PressHandler = async (turn, [short = ''], { em }) => {
  const id = longId(short);
  const skill = id === null ? null : await readSkill(em(), { userId: turn.talker.userId, id });
  if (skill === null) return toast(wordsOf(turn).gone);
  return awaiting(say(wordsOf(turn).askEvidence({ name: skill.name })), 'skill.evidence', { id: skill.id });
};

const onEvidence: Handler<TextEvent> = async (turn, deps) => {
  const said = leveled(turn.event.text);
  if (said === null) return say(wordsOf(turn).notLevel);
  const { id } = turn.state.data;
  const key = { userId: turn.talker.userId, id: typeof id === 'string' ? id : '' };
  if (key.id !== '') await addEvidence(deps.em(), key, { id: derivedId(turn.updateId, 'evidence'), ...said });
  return done(await skillsPage(turn, deps));
};

/** What a person gets better at; it is reached from /goals. */
export const skillsScreen: Screen = {
  presses: {
    'skills.list': async (turn, _args, deps) => await skillsPage(turn, deps),
    'skills.add': (turn) => awaiting(say(wordsOf(turn).askSkill), 'skills.add'),
    'skill.evidence': onAskEvidence,
  },
  awaited: { 'skills.add': onSkill, 'skill.evidence': onEvidence },
};
