/**
 * Which buckets a call takes from, and how much.
 *
 * Shape   call, capabilities -> draws
 * Errors  none (total)
 */

import type { CdnCapabilities } from '../capabilities.ts';
import { isIn } from '../plan/chunk.ts';
import type { CdnCall } from '../provider.ts';
import type { Draw } from './pacer.ts';

export function drawsOf({ targets }: CdnCall, { pools, rates }: CdnCapabilities): readonly Draw[] {
  return rates.flatMap(({ name, pools: counted, per, capacity, perSecond }) => {
    const concerned = pools.filter(pool => !counted || counted.includes(pool.name));
    const items = targets.filter(target => concerned.some(pool => isIn(pool, target))).length;
    if (items === 0) return [];
    // More than the bucket holds would never come: a full one is all that can be asked.
    const tokens = per === 'call' ? 1 : Math.min(items, capacity);
    return [{ bucket: name, tokens, capacity, perSecond }];
  });
}
