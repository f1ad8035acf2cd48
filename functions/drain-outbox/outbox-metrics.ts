/**
 * What a run of the drain did and left, as metrics of the function.
 *
 * Shape   Watched, Backlog -> EmfLine
 */

import type { EmfLine } from '../../shared/monitoring/emf.ts';
import type { Backlog } from '../../shared/outbox/outbox-store.ts';
import type { Watched } from '../../shared/outbox/watch-outbox.ts';

export function outboxMetrics(watched: Watched, backlog: Backlog, at: number): EmfLine {
  const count = (value: number) => ({ value, unit: 'Count' }) as const;
  const milliseconds = (value: number) => ({ value: Math.round(value), unit: 'Milliseconds' }) as const;
  return {
    namespace: 'Headrace',
    at,
    dimensions: { function: 'drain-outbox' },
    metrics: {
      OutboxBacklog: count(backlog.changes),
      // Of what was purged, and of what still waits: whichever waited longer.
      OutboxLag: milliseconds(Math.max(watched.lagMs, backlog.lagMs)),
      OutboxChanges: count(watched.changes),
      OutboxTags: count(watched.tags),
      OutboxPurges: count(watched.purges),
      OutboxRefusedTags: count(watched.refused),
      OutboxFailures: count(watched.failures),
    },
  };
}
