/**
 * Counts purges by what came of them: done, refused because they could not be understood, or incomplete because Redis did
 * not answer.
 *
 * Errors  as the purge
 */

import type { Handler } from 'hono';
import type { Registry } from '../../shared/monitoring/registry.ts';

export function countPurges(purge: Handler, registry: Registry): Handler {
  return async (context, next) => {
    const answer = (await purge(context, next)) as Response;
    registry.add(registry.slot('counter', 'edge_purges_total', { result: resultOf(answer.status) }));
    return answer;
  };
}

function resultOf(status: number): string {
  if (status < 300) return 'done';
  return status < 500 ? 'refused' : 'incomplete';
}
