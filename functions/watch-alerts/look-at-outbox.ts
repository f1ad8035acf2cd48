/**
 * How long the oldest change of the database has waited to be purged. Seen from beside the drain, so that it is seen too when
 * the drain does not run.
 *
 * Shape   outbox -> ms; undefined where no table is watched
 * Errors  OutboxUnavailable, also where the role may not read the outbox: the migration grants it by --role
 * Cost    one statement, and one before the first
 */

import type { OutboxStore } from '../../shared/outbox/outbox-store.ts';

export async function lookAtOutbox(outbox: Pick<OutboxStore, 'backlog'>): Promise<number | undefined> {
  const backlog = await outbox.backlog();
  return backlog === 'absent' ? undefined : backlog.lagMs;
}
