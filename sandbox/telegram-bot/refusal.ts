import type { RefusingFault } from '../messenger/fault-answers.ts';

/** The Bot API says no. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  /** Of 429. */
  readonly retryAfterSeconds: number | null;

  constructor(status: number, description: string, retryAfterSeconds: number | null = null) {
    super(description);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export const tooMany = (seconds: number): Refusal =>
  new Refusal(429, `Too Many Requests: retry after ${seconds}`, seconds);

export const blocked = (): Refusal => new Refusal(403, 'Forbidden: bot was blocked by the user');

/** A fault as Telegram says it. */
export function refusalBy(fault: RefusingFault): Refusal {
  switch (fault.kind) {
    case 'status':
      return new Refusal(fault.status, 'Internal Server Error');
    case 'rate-limited':
      return tooMany(fault.retryAfterSeconds);
    case 'blocked':
      return blocked();
    case 'chat-not-found':
      return new Refusal(400, 'Bad Request: chat not found');
    case 'refused':
      return new Refusal(400, fault.description);
  }
}
