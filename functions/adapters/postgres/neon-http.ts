/**
 * Reads a Neon database over HTTP, where no WebSocket is to be had: each statement with its timeouts is one read-only
 * transaction, and one request.
 *
 * Shape   createNeonHttpReader(neon(url), limits) -> Reader
 * Errors  as read-only.ts
 * Cost    one round trip a statement
 */

import type { neon } from '@neondatabase/serverless';
import type { Reader } from '../../../shared/query-optimizer/collect/collect.ts';
import { type Row, SessionLost } from '../../../shared/query-optimizer/session.ts';
import { translate } from './pg-session.ts';
import { GRACE_MS, READ_DEFAULTS, type ReadLimits, SET_LIMITS } from './read-only.ts';

export type NeonSql = ReturnType<typeof neon<false, false>>;

export function createNeonHttpReader(sql: NeonSql, limits: ReadLimits = {}): Reader {
  const { statementTimeoutMs, lockTimeoutMs } = { ...READ_DEFAULTS, ...limits };
  let lost: SessionLost | undefined;
  return {
    async read(statement) {
      if (lost) throw lost;
      try {
        const signal = AbortSignal.timeout(statementTimeoutMs + GRACE_MS);
        const set = sql.query(SET_LIMITS, [String(statementTimeoutMs), String(lockTimeoutMs)]);
        const answers = await sql.transaction([set, sql.query(statement)], {
          readOnly: true,
          fetchOptions: { signal },
        });
        return (answers[1] ?? []) as readonly Row[];
      } catch (error) {
        const known = translate(error);
        if (known instanceof SessionLost) lost = known;
        throw known;
      }
    },
  };
}
