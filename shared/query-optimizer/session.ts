/**
 * One session of a Postgres, whichever driver or engine is below it.
 *
 * Errors  DatabaseError for what the server refuses; SessionLost when the session is gone, and then every later call too
 * Cost    a round trip a call
 */

export type Row = Readonly<Record<string, unknown>>;

export interface Session {
  /** One statement, never several, so that no text can smuggle a second one in. */
  query(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  close(): Promise<void>;
}

export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  /** SQLSTATE, five characters. */
  readonly code: string;

  constructor(message: string, code: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export class SessionLost extends Error {
  override readonly name = 'SessionLost';
}

/** 57014 is a timeout or a cancel; the rest of class 57 and all of 08 end the session. */
export const endsSession = (code: string): boolean =>
  code.startsWith('08') || (code.startsWith('57P') && code !== '57P04');
