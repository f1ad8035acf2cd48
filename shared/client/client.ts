/**
 * `headrace/client`: the edge's own API as typed calls, for any runtime with fetch.
 *
 * Shape   createClient({ url, token }) -> { cache, performance, jobs, outbox, assets, scaling, alerts, call }
 * Errors  HeadraceApiError with a stable code; nothing is tried again
 */

import { type AssetCalls, assetCalls } from './asset-calls.ts';
import { type CacheCalls, cacheCalls } from './cache-calls.ts';
import { type Call, type CallOptions, createCall, createSend } from './call.ts';
import { type JobCalls, jobCalls } from './job-calls.ts';
import { type OutboxCalls, outboxCalls } from './outbox-calls.ts';
import { type PerformanceCalls, performanceCalls } from './performance-calls.ts';
import { type AlertCalls, alertCalls, type ScalingCalls, scalingCalls } from './scaling-calls.ts';

export { type ErrorDescription, HeadraceApiError } from './api-error.ts';
export type { Call, CallOptions, CallSettings } from './call.ts';
export type { EnqueueCallOptions, JobEvent, JobListQuery, WatchSettings } from './job-calls.ts';
export type { CallAnswer, CallInput, CallName } from './route-types.ts';

export interface Client {
  readonly cache: CacheCalls;
  readonly performance: PerformanceCalls;
  readonly jobs: JobCalls;
  /** What the database says has changed. */
  readonly outbox: OutboxCalls;
  /** Uploads by browsers. */
  readonly assets: AssetCalls;
  readonly scaling: ScalingCalls;
  readonly alerts: AlertCalls;
  /** Any route, by its name: what has no method of its own here. */
  readonly call: Call;
}

export function createClient(options: CallOptions): Client {
  const send = createSend(options);
  const call = createCall(send);
  return {
    cache: cacheCalls(call),
    performance: performanceCalls(call),
    jobs: jobCalls(call, send),
    outbox: outboxCalls(call),
    assets: assetCalls(call),
    scaling: scalingCalls(call),
    alerts: alertCalls(call),
    call,
  };
}
