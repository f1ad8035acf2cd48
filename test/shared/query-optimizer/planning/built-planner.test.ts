import { describe, expect, it } from 'vitest';
import { createBuiltPlanner } from '../../../../shared/query-optimizer/planning/built-planner.ts';
import { DatabaseError, type Session, SessionLost } from '../../../../shared/query-optimizer/session.ts';

const opened = (query: Session['query'], close = async () => {}) =>
  createBuiltPlanner({
    name: 'real',
    session: { query, close: async () => {} },
    finish: async () => new Map(),
    close,
  });

describe('a planner whose session', () => {
  it('is lost is gone, and says so', async () => {
    const planner = await opened(async sql => {
      if (sql.startsWith('EXPLAIN')) throw new SessionLost('The connection was lost: ECONNRESET');
      return [];
    });
    await expect(planner.estimate({ sql: 'SELECT 1', normalized: false }, [])).rejects.toMatchObject({
      code: 'PLANNER_GONE',
    });
  });

  it('is lost gives back what it holds all the same', async () => {
    const index = { oid: '7', schema: 'public', name: 'i', parent: null, valid: true };
    let [closed, updates] = [0, 0];
    const planner = await opened(
      async sql => {
        if (sql.startsWith('EXPLAIN')) throw new SessionLost('gone');
        if (sql.startsWith('UPDATE pg_index') && ++updates > 1) throw new SessionLost('gone');
        return sql.includes('FROM pg_index') ? [index] : [];
      },
      async () => {
        closed += 1;
      },
    );
    await planner.estimate({ sql: 'SELECT 1', normalized: false }, [], ['public.i']).catch(() => {});
    await expect(planner.close()).rejects.toThrow(SessionLost);
    expect(closed).toBe(1);
  });

  it('refuses a statement goes on, with the server’s own words', async () => {
    const planner = await opened(async sql => {
      if (sql.startsWith('EXPLAIN')) throw new DatabaseError('relation "x" does not exist', '42P01');
      return [];
    });
    expect(await planner.estimate({ sql: 'SELECT * FROM x', normalized: false }, [])).toEqual({
      kind: 'refused',
      why: 'relation "x" does not exist',
    });
  });
});
