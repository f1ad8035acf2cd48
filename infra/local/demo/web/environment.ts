/**
 * What every route of the demo finds in its context: the database, counted for this request, and the answer's note of it.
 *
 * Shape   Server-Timing: db;desc="11 queries"
 */

import { createMiddleware } from 'hono/factory';
import { type CountedDatabase, countQueries, type Database } from '../database.ts';

export interface DemoEnvironment {
  readonly Variables: { database: CountedDatabase };
}

export function countingQueries(database: Database) {
  return createMiddleware<DemoEnvironment>(async (context, next) => {
    const counted = countQueries(database);
    context.set('database', counted);
    await next();
    const count = counted.queries();
    if (count > 0) context.header('Server-Timing', `db;desc="${count} ${count === 1 ? 'query' : 'queries'}"`);
  });
}
