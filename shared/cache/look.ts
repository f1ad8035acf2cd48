/**
 * Finds what a read would find now, and keeps nothing of it: what Redis says goes into no memory.
 *
 * Errors  none
 * Cost    as the read
 */

import type { Lookup } from './entry.ts';
import type { LevelOperation } from './events.ts';
import type { MemoryStore } from './memory-store.ts';
import type { SharedStore } from './store.ts';

/** Redis in trouble costs what Redis would have given, and nothing else. */
export type LevelAttempt = <Result>(
  operation: LevelOperation,
  work: () => Promise<Result>,
  otherwise: Result,
) => Promise<Result>;

export interface LookedAtLevels<Meta> {
  readonly memory: Pick<MemoryStore<Meta>, 'read'>;
  readonly shared?: Pick<SharedStore<Meta>, 'read' | 'check'> | undefined;
}

export function createLook<Meta>({ memory, shared }: LookedAtLevels<Meta>, attempt: LevelAttempt) {
  return async (lookup: Lookup) => {
    const near = memory.read(lookup);
    const { entry } = near;
    const held = entry && (shared ? await attempt('check', async () => shared.check(entry), entry) : entry);
    if (held) return { lookup, found: { entry: held, level: 'L1' as const }, near, far: undefined };
    const far = await attempt('read', async () => shared?.read(lookup), undefined);
    return { lookup, found: far?.entry && { entry: far.entry, level: 'L2' as const }, near, far };
  };
}
