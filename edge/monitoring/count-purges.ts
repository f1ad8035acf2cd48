/**
 * Counts purges by what came of them: done, refused because they could not be understood, or incomplete because Redis did
 * not answer. One of everything is counted as a reason to be quiet, too.
 *
 * Errors  as the purge
 */

import type { Context, Handler } from 'hono';
import type { Registry } from '../../shared/monitoring/registry.ts';

export function countPurges(purge: Handler, registry: Registry): Handler {
  return async (context, next) => {
    const answer = (await purge(context, next)) as Response;
    const result = resultOf(answer.status);
    registry.add(registry.slot('counter', 'edge_purges_total', { result }));
    if (result === 'done' && (await namesEverything(context))) countQuiet(registry, 'purge');
    return answer;
  };
}

/** What follows is explained: for a while nobody is told of a cold cache. */
export function countQuiet(registry: Registry, reason: QuietReason): void {
  registry.add(registry.slot('counter', 'edge_quiet_total', { reason }));
}

export type QuietReason = 'deployment' | 'purge';

/** The handler has read the body: what is asked for again is the same text. */
async function namesEverything({ req }: Context): Promise<boolean> {
  try {
    return (await req.json()).everything === true;
  } catch {
    return false;
  }
}

function resultOf(status: number): string {
  if (status < 300) return 'done';
  return status < 500 ? 'refused' : 'incomplete';
}
