/**
 * How many rows the twin's planner expects of a query.
 *
 * Shape   session, SQL -> rows, or nothing where it cannot be planned
 * Errors  SessionLost goes on to the caller
 */

import { readPlan } from '../planning/read-plan.ts';
import { DatabaseError, type Session } from '../session.ts';

export async function expectedRows(session: Session, sql: string): Promise<number | undefined> {
  try {
    const [row] = await session.query(`EXPLAIN (FORMAT JSON) ${sql}`);
    return readPlan(row && Object.values(row)[0]).rows;
  } catch (error) {
    if (error instanceof DatabaseError) return undefined;
    throw error;
  }
}
