/**
 * How long the oldest change of the database has waited to be purged. Seen from beside the drain, so that it is seen too when
 * the drain does not run.
 *
 * Shape   pool -> ms; undefined where no table is watched
 * Errors  OutboxUnavailable, also where the role may not read the outbox: the migration grants it by --role
 * Cost    one statement, and one before the first
 */

import { createPostgresOutbox, type OutboxPool } from '../adapters/outbox/postgres-outbox.ts';

export async function lookAtOutbox(pool: OutboxPool): Promise<number | undefined> {
  const backlog = await createPostgresOutbox(pool).backlog();
  return backlog === 'absent' ? undefined : backlog.lagMs;
}
