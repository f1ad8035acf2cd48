/**
 * Counts what is asked of origins, refreshes included, and what came of it: until the answer began, since its body flows on
 * to the client at the client's pace.
 *
 * Units   ms
 * Errors  as the sender below
 * Cost    three additions a request
 */

import type { Registry } from '../../shared/monitoring/registry.ts';
import type { Clock } from '../../shared/primitives/clock.ts';
import type { SendUpstream } from '../adapters/upstream.ts';

export interface OriginCounting {
  readonly registry: Registry;
  readonly clock: Clock;
}

export function countOrigins(send: SendUpstream, { registry, clock }: OriginCounting): SendUpstream {
  return async request => {
    const startedAt = clock();
    const origin = request.origin.name;
    const told = (result: string) => {
      registry.add(registry.slot('counter', 'edge_origin_requests_total', { origin, result }));
      registry.observe(
        registry.slot('durations', 'edge_origin_duration_seconds', { origin }),
        clock() - startedAt,
      );
    };
    try {
      const response = await send(request);
      told(response.status >= 500 ? '5xx' : 'answered');
      return response;
    } catch (error) {
      told(request.signal.aborted ? 'timeout' : 'unreachable');
      throw error;
    }
  };
}
