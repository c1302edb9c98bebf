/** A business rule said no; repeating the same call cannot help. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  /** Stable, machine-readable, kebab-case: also the Temporal failure type and the API problem type. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
