/**
 * What every part of the local stack looks like to the launcher: where it answers, which process it is, how it ends.
 *
 * Errors  a part that cannot start rejects with StartError, whose exit code and sentence the launcher shows
 */

export interface Part {
  /** Process id; null when the part runs inside the launcher or is a real service elsewhere. */
  readonly pid: number | null;
  /** Ends the part and resolves when its process and its port are gone. Safe to call twice. */
  stop(): Promise<void>;
  /** Resolves with the reason when the part ends without stop(). */
  readonly ended: Promise<string>;
}

export const EXIT = { stopped: 0, failure: 1, badSetting: 2, portTaken: 3 } as const;

export class StartError extends Error {
  override readonly name: string = 'StartError';
  readonly exitCode: (typeof EXIT)[keyof typeof EXIT];

  constructor(exitCode: (typeof EXIT)[keyof typeof EXIT], sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.exitCode = exitCode;
  }
}
