/**
 * A session over a client of node-postgres's form, which is Neon's over a WebSocket as well.
 *
 * Errors  DatabaseError for what the server refuses, SessionLost for the rest, as session.ts says
 */

import {
  DatabaseError,
  endsSession,
  type Row,
  type Session,
  SessionLost,
} from '../../../shared/query-optimizer/session.ts';

export interface PgClient {
  query(sql: string, values?: unknown[]): Promise<{ readonly rows: unknown[] }>;
}

export function createPgSession(client: PgClient, close: () => Promise<void> = async () => {}): Session {
  let lost: SessionLost | undefined;
  return {
    async query(sql, values = []) {
      if (lost) throw lost;
      try {
        // An empty list of values would take the protocol that allows several statements: a name forces the other.
        const { rows } = await client.query({
          text: sql,
          values: [...values],
          queryMode: 'extended',
        } as never);
        return rows as Row[];
      } catch (error) {
        const known = translate(error);
        if (known instanceof SessionLost) lost = known;
        throw known;
      }
    },
    close,
  };
}

/** A refusal carries a SQLSTATE; what carries none, or one that ends the session, is a loss. */
export function translate(error: unknown): Error {
  const { message, code } = error as { message?: unknown; code?: unknown };
  const sentence = String(message ?? error);
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !endsSession(code))
    return new DatabaseError(sentence, code, { cause: error });
  return new SessionLost(`The connection was lost: ${sentence}`, { cause: error });
}
