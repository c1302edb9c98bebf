import type { Language } from '../../accounts/language.ts';
import { parseRule, type RuleParts } from '../rule-parts.ts';
import type { WallTime } from '../zoned-time.ts';
import { RULE_WORDS_EN } from './describe-en.ts';
import { RULE_WORDS_RU } from './describe-ru.ts';
import type { RuleWords } from './describe-words.ts';
import { shapeOf, timesOf } from './rule-shape.ts';

/** What is described: when it happens first, and how it repeats. */
export interface Described {
  readonly start: WallTime;
  /** null = once. */
  readonly rule: string | null;
}

const WORDS: Readonly<Record<Language, RuleWords>> = { ru: RULE_WORDS_RU, en: RULE_WORDS_EN };

/**
 * A recurrence in words: «по будням в 8:30», «every second Thursday of the month at 10:00». What `understand` made is
 * said so that `understand` makes the same of it; any other RRULE is told part by part. @throws DomainError rule-invalid
 */
export function describe({ start, rule }: Described, language: Language): string {
  const words = WORDS[language];
  const startMinutes = Number(start.slice(11, 13)) * 60 + Number(start.slice(14, 16));
  if (rule === null)
    return `${words.date(start.slice(0, 10))} ${words.times({ is: 'times', minutes: [startMinutes] })}`;
  const parts = parseRule(rule);
  return [body(parts, { start, startMinutes }, words), ...ending(parts, words)].join(', ');
}

function body(
  parts: RuleParts,
  { start, startMinutes }: { start: WallTime; startMinutes: number },
  words: RuleWords,
): string {
  const shape = shapeOf(parts, start);
  const times = words.times(timesOf(parts, start));
  if (shape.is === 'step') return words.step(shape, startMinutes);
  if (shape.is === 'other') return `${words.parts(parts)}, ${times}`;
  const isWindow = timesOf(parts, start).is === 'window';
  // «Каждые 2 часа с 9 до 17» says already that it is every day.
  if (isWindow && shape.is === 'days' && shape.interval === 1) return times;
  return `${words.days(shape)} ${times}`;
}

function ending({ count, until }: RuleParts, words: RuleWords): string[] {
  if (count !== null) return [words.count(count)];
  return until === null ? [] : [words.until(new Date(until.ms).toISOString().slice(0, 10))];
}
