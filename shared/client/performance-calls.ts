/**
 * How the edge is doing.
 */

import type { Call, CallSettings } from './call.ts';
import type { CallAnswer } from './route-types.ts';

export interface PerformanceCalls {
  /** For everyone: needs no token. */
  health(settings?: CallSettings): Promise<CallAnswer<'GET /api/performance/health'>>;
}

export function performanceCalls(call: Call): PerformanceCalls {
  return {
    health: settings => call('GET /api/performance/health', { ...settings }),
  };
}
