/**
 * What a warming run did, as metrics of the function.
 *
 * Shape   WarmSummary -> EmfLine
 */

import type { EmfLine } from '../../shared/monitoring/emf.ts';
import type { WarmSummary } from '../../shared/warm/outcome.ts';

export function warmMetrics(
  { requested, hits, stored, failed, skipped, ms }: WarmSummary,
  at: number,
): EmfLine {
  const count = (value: number) => ({ value, unit: 'Count' }) as const;
  return {
    namespace: 'Headrace',
    at,
    dimensions: { function: 'warm-cache' },
    metrics: {
      PathsRequested: count(requested),
      PathsHit: count(hits),
      PathsStored: count(stored),
      PathsFailed: count(failed),
      PathsSkipped: count(skipped),
      Duration: { value: ms, unit: 'Milliseconds' },
    },
  };
}
