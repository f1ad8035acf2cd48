/**
 * What a task throws when trying again cannot help: the job is dead at once, and its letter is written.
 */

export class PermanentError extends Error {
  override readonly name = 'PermanentError';
  /** Stable, UPPER_SNAKE: REPORT_UNKNOWN. */
  readonly code: string;
  /** What had been done by then: kept in the row, as a result is. */
  readonly result: unknown;

  constructor(code: string, message: string, options?: ErrorOptions & { readonly result?: unknown }) {
    super(message, options);
    this.code = code;
    this.result = options?.result;
  }
}
