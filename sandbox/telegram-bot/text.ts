import type { BotApiContext } from './context.ts';
import { parseHtml } from './html-entities.ts';
import { Refusal } from './refusal.ts';

interface Formatted {
  readonly source: string;
  readonly mode: string | undefined;
  /** Longest text after its tags are read, UTF-16 units. */
  readonly max: number;
}

export const MAX_TEXT = 4_096;
export const MAX_CAPTION = 1_024;

/** The text without its tags. @throws Refusal */
export function readText({ violate }: Pick<BotApiContext, 'violate'>, { source, mode, max }: Formatted): string {
  const parsed = mode === 'HTML' ? parseHtml(source) : { text: source };
  if ('error' in parsed) {
    violate(parsed.error);
    throw new Refusal(400, `Bad Request: can't parse entities: ${parsed.error}`);
  }
  if (parsed.text.length > max) {
    violate(`a text of ${parsed.text.length} UTF-16 units, ${max} at most`);
    throw new Refusal(400, `Bad Request: message ${max === MAX_CAPTION ? 'caption ' : ''}is too long`);
  }
  return parsed.text;
}

/** The same, and there must be something to read. @throws Refusal */
export function readMessage(context: BotApiContext, formatted: Omit<Formatted, 'max'>): string {
  const text = readText(context, { ...formatted, max: MAX_TEXT });
  if (text.trim() !== '') return text;
  context.violate('message text is empty');
  throw new Refusal(400, 'Bad Request: message text is empty');
}
