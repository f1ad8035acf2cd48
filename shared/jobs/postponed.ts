/**
 * What a task throws when it has to wait for something outside, and can do nothing meanwhile: the job comes back after that time,
 * and no attempt is counted. How long that may go on is the task's to bound.
 *
 * Units   ms
 */

export class Postponed extends Error {
  override readonly name = 'Postponed';
  readonly afterMs: number;
  /** What had been done by then: kept in the row, as a result is. */
  readonly result: unknown;

  constructor(afterMs: number, message: string, options?: { readonly result?: unknown }) {
    super(message);
    this.afterMs = afterMs;
    this.result = options?.result;
  }
}
