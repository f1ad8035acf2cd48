/**
 * A session of PGlite. It carries out one statement at a time, as the extended protocol does.
 *
 * Errors  DatabaseError for what it refuses, SessionLost when the engine itself fails
 */

import type { PGlite } from '@electric-sql/pglite';
import { type Row, type Session, SessionLost } from '../../../../shared/query-optimizer/session.ts';
import { translate } from '../../postgres/pg-session.ts';

export function createPgliteSession(db: PGlite, close: () => Promise<void>): Session {
  let lost: SessionLost | undefined;
  return {
    async query(sql, values = []) {
      if (lost) throw lost;
      try {
        const { rows } = await db.query<Row>(sql, [...values]);
        return rows;
      } catch (error) {
        const known = translate(error);
        if (known instanceof SessionLost) lost = known;
        throw known;
      }
    },
    close,
  };
}
