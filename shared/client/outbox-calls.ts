/**
 * What the database says has changed, and purging it at once.
 */

import type { Outbox, OutboxDrained } from '../api/outbox.ts';
import type { Call, CallSettings } from './call.ts';

export interface OutboxCalls {
  /** How much waits to be purged. */
  get(settings?: CallSettings): Promise<Outbox>;
  /** All that was committed before is purged when it gives `current`. */
  drain(settings?: CallSettings): Promise<OutboxDrained>;
}

export function outboxCalls(call: Call): OutboxCalls {
  return {
    get: settings => call('GET /api/admin/outbox', settings),
    drain: settings => call('POST /api/admin/outbox/drain', settings),
  };
}
