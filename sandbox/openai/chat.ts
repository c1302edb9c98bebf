import { z } from 'zod';
import type { OpenAiFault } from './faults.ts';

/** A request of `/v1/chat/completions`, as far as it is understood; anything else is refused. */
export const ChatBody = z.strictObject({
  model: z.string().min(1),
  messages: z
    .array(z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string().min(1) }))
    .min(1),
  max_completion_tokens: z.int().min(1).max(100_000).optional(),
  max_tokens: z.int().min(1).max(100_000).optional(),
});
export type ChatRequest = z.output<typeof ChatBody>;

/** What the stand-in model says when nothing is scripted: the same to the same messages. */
const standInAnswer = ({ messages }: ChatRequest): string =>
  `Things stand as these ${messages.at(-1)?.content.length ?? 0} characters say. Take one small step this week.`;

const TOO_LONG = 5000;

function saidIn(request: ChatRequest, scripted: string | undefined, fault: OpenAiFault | undefined): string {
  if (fault?.kind === 'empty') return ' \n';
  if (fault?.kind === 'too-long') return 'word '.repeat(TOO_LONG / 5);
  return scripted ?? standInAnswer(request);
}

/** The answer of the API. */
export function chatCompletion(
  request: ChatRequest,
  scripted: string | undefined,
  fault: OpenAiFault | undefined,
): object {
  if (fault?.kind === 'garbage') return { choices: 'none today' };
  const message = { role: 'assistant', content: saidIn(request, scripted, fault), refusal: null };
  const finish = fault?.kind === 'cut-off' ? 'length' : 'stop';
  return {
    ...{ id: 'chatcmpl-sandbox', object: 'chat.completion', created: 0, model: request.model },
    choices: fault?.kind === 'no-choices' ? [] : [{ index: 0, message, logprobs: null, finish_reason: finish }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  };
}
