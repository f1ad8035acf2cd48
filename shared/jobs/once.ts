/**
 * The port to a database in which an effect happens once and no more, however often its job is tried: a mark for (job, key)
 * and the effect are written in one transaction, so that there are both or none.
 *
 * Shape   job, key, effect -> what the effect gave, the first time as every other time
 * Errors  what the effect throws, and nothing is kept then; OnceUnavailable when the database gave no usable answer
 * Cost    a transaction of four statements and those of the effect
 */

export interface OnceStore {
  once<Result>(mark: OnceMark, effect: (transaction: Transaction) => Promise<Result>): Promise<Result>;
}

export interface OnceMark {
  readonly job: string;
  readonly key: string;
}

/** Statements that hold together with the mark. The connection is given back afterwards: do not keep it. */
export interface Transaction {
  query<Row = Readonly<Record<string, unknown>>>(
    sql: string,
    values?: readonly unknown[],
  ): Promise<readonly Row[]>;
}

export class OnceUnavailable extends Error {
  override readonly name = 'OnceUnavailable';
}
