/**
 * Reads a database in short transactions that cannot write: each statement in one of its own, with its own timeouts, so that
 * it works the same through a pooler that hands every transaction to another session.
 *
 * Shape   createReader(session, limits) -> Reader
 * Errors  those of the session; no answer within a bound over the server's own timeout is SessionLost
 * Cost    four round trips a statement
 * Source  SET TRANSACTION READ ONLY; PostgreSQL rolls back what fails by itself
 */

import type { Reader } from '../../../shared/query-optimizer/collect/collect.ts';
import { type Row, type Session, SessionLost } from '../../../shared/query-optimizer/session.ts';

export interface ReadLimits {
  /** @default 30,000 */
  readonly statementTimeoutMs?: number;
  /** Nobody who writes is made to wait behind us for longer. @default 500 */
  readonly lockTimeoutMs?: number;
}

export const READ_DEFAULTS = {
  statementTimeoutMs: 30_000,
  lockTimeoutMs: 500,
} as const satisfies Required<ReadLimits>;

/** For an answer on its way, beyond the time in which the server ends the statement itself. */
export const GRACE_MS = 5_000;

export const SET_LIMITS = `SELECT /* headrace */ set_config('statement_timeout', $1, true),
  set_config('lock_timeout', $2, true), set_config('search_path', 'pg_catalog', true), set_config('jit', 'off', true)`;

export function createReader(session: Session, limits: ReadLimits = {}): Reader {
  const { statementTimeoutMs, lockTimeoutMs } = { ...READ_DEFAULTS, ...limits };
  let lost: SessionLost | undefined;
  const inTransaction = async (sql: string): Promise<readonly Row[]> => {
    await session.query('BEGIN /* headrace */ TRANSACTION READ ONLY');
    try {
      await session.query(SET_LIMITS, [String(statementTimeoutMs), String(lockTimeoutMs)]);
      return await session.query(sql);
    } finally {
      await session.query('ROLLBACK /* headrace */ TRANSACTION');
    }
  };
  return {
    async read(sql) {
      if (lost) throw lost;
      return Promise.race([inTransaction(sql), silence(statementTimeoutMs + GRACE_MS)]).catch(error => {
        if (error instanceof SessionLost) lost = error;
        throw error;
      });
    },
  };
}

/** A connection that is there and says nothing: a suspended branch, a network that swallows. */
function silence(timeoutMs: number): Promise<never> {
  const timeout = AbortSignal.timeout(timeoutMs);
  return new Promise((_, reject) => {
    timeout.addEventListener('abort', () =>
      reject(new SessionLost(`No answer within ${timeoutMs / 1000} s`)),
    );
  });
}
