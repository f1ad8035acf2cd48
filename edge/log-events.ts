/**
 * Writes to the log what operators must know of the cache: that Redis fails, and why. Neither keys nor values, which may
 * hold what people typed or carry, and at most one line a second for each kind of failure.
 *
 * Shape   CacheEvent -> a line of JSON {kind, operation, error, times}
 * Units   milliseconds
 */

import type { CacheEvent, CacheListener } from '../shared/cache/events.ts';
import type { Clock } from '../shared/primitives/clock.ts';

const QUIET_MS = 1_000;

export function createEventLog(write: (line: string) => void, clock: Clock): CacheListener {
  const seen = new Map<string, { at: number; times: number }>();
  return event => {
    if (event.kind === 'write-refused') return;
    const told = tell(event);
    const name = `${told.kind} ${told.operation}`;
    const { at, times } = seen.get(name) ?? { at: Number.NEGATIVE_INFINITY, times: 0 };
    const isDue = clock() - at >= QUIET_MS;
    seen.set(name, isDue ? { at: clock(), times: 0 } : { at, times: times + 1 });
    if (isDue) write(JSON.stringify({ ...told, times: times + 1 }));
  };
}

function tell(event: CacheEvent) {
  if (event.kind !== 'level-failed') return { kind: event.kind, operation: 'read' };
  const { kind, operation, error } = event;
  return { kind, operation, error: error instanceof Error ? error.message : 'unknown' };
}
