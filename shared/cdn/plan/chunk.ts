/**
 * Cuts targets into the fewest calls that a CDN's limits allow.
 *
 * Shape   targets, capabilities, mode -> calls
 * Errors  none: a target of a kind without a pool was refused before
 */

import type { CdnCapabilities, Pool } from '../capabilities.ts';
import type { CdnCall, PurgeMode } from '../provider.ts';
import type { Target } from '../target.ts';

export function chunkTargets(
  targets: readonly Target[],
  capabilities: CdnCapabilities,
  mode: PurgeMode,
): readonly CdnCall[] {
  const groups = Map.groupBy(targets, target => groupOf(target, capabilities));
  return [...groups].flatMap(([host, group]) =>
    callsOf(group, capabilities).map(each => ({ mode, ...(host !== '' && { host }), targets: each })),
  );
}

function groupOf(target: Target, { addressing }: CdnCapabilities): string {
  return addressing.host === 'grouped' && 'host' in target ? target.host : '';
}

function callsOf(group: readonly Target[], { pools, mixesPools }: CdnCapabilities): readonly Target[][] {
  const byPool = pools.map(pool =>
    inParts(
      group.filter(target => isIn(pool, target)),
      pool.perCall,
    ),
  );
  if (!mixesPools) return byPool.flat();
  const calls = Math.max(0, ...byPool.map(parts => parts.length));
  return Array.from({ length: calls }, (_, at) => byPool.flatMap(parts => parts[at] ?? []));
}

export function isIn(pool: Pool, { kind }: Target): boolean {
  return pool.kinds.includes(kind);
}

function inParts(items: readonly Target[], size: number): Target[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}
