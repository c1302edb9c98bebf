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
