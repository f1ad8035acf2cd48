/**
 * Tells, when a run of the drain is over, what it did and what waits: also when nothing could be purged, and above all then.
 *
 * Shape   run, outbox -> the run's own outcome
 * Errors  the run's own; after a run that failed, an outbox that cannot be seen either is not told of
 * Cost    one statement
 */

import type { EmfLine } from '../../shared/monitoring/emf.ts';
import { NOTHING } from '../../shared/outbox/drain.ts';
import type { OutboxStore } from '../../shared/outbox/outbox-store.ts';
import type { Watched } from '../../shared/outbox/watch-outbox.ts';
import type { Clock } from '../../shared/primitives/clock.ts';
import { outboxMetrics } from './outbox-metrics.ts';

export interface TellOfDeps extends Pick<OutboxStore, 'backlog'> {
  readonly write: (line: EmfLine) => void;
  readonly clock: Clock;
}

export async function tellOf(run: Promise<Watched>, { backlog, write, clock }: TellOfDeps): Promise<Watched> {
  const tell = async (watched: Watched) => {
    const waiting = await backlog();
    if (waiting !== 'absent') write(outboxMetrics(watched, waiting, clock()));
  };
  await run.then(tell, () => tell(FAILED).catch(() => undefined));
  return run;
}

const FAILED: Watched = { ...NOTHING, state: 'behind', drains: 0, failures: 1 };
