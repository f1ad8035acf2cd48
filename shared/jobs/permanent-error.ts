/**
 * What a task throws when trying again cannot help: the job is dead at once, and its letter is written.
 */

export class PermanentError extends Error {
  override readonly name = 'PermanentError';
  /** Stable, UPPER_SNAKE: REPORT_UNKNOWN. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
