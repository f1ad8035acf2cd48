/**
 * How the edge is doing, as figures over a window of time.
 */

import type { Call, CallSettings } from './call.ts';
import type { CallAnswer, CallInput } from './route-types.ts';

type Root = '/api/performance';
type CdnWindow = NonNullable<CallInput<`GET ${Root}/cdn`>['query']>['window'];
type Window = NonNullable<CallInput<`GET ${Root}/stats`>['query']>['window'];

export interface WindowSettings extends CallSettings {
  /** How far back. @default '1h' */
  readonly window?: Exclude<Window, undefined>;
}

export interface CdnSettings extends CallSettings {
  /** How far back. @default '24h' */
  readonly window?: Exclude<CdnWindow, undefined>;
}

export interface PerformanceCalls {
  /** For everyone: needs no token. */
  health(settings?: CallSettings): Promise<CallAnswer<`GET ${Root}/health`>>;
  /** The window as a whole: requests, cache, latency, origin, Redis. */
  stats(settings?: WindowSettings): Promise<CallAnswer<`GET ${Root}/stats`>>;
  /** By route, the busiest first. */
  endpoints(settings?: WindowSettings): Promise<CallAnswer<`GET ${Root}/endpoints`>>;
  /** The latest, each with what took so long. */
  slowRequests(settings?: CallSettings): Promise<CallAnswer<`GET ${Root}/slow-requests`>>;
  /** Step by step. */
  trends(settings?: WindowSettings): Promise<CallAnswer<`GET ${Root}/trends`>>;
  /** All of these at once, as the dashboard shows them. */
  dashboard(settings?: WindowSettings): Promise<CallAnswer<`GET ${Root}/dashboard`>>;
  /** What each CDN did and cost, the edge among them. */
  cdn(settings?: CdnSettings): Promise<CallAnswer<`GET ${Root}/cdn`>>;
  /** Every alarm, and whether it is true. */
  alerts(settings?: CallSettings): Promise<CallAnswer<`GET ${Root}/alerts`>>;
  /** As Prometheus reads it. */
  metrics(settings?: CallSettings): Promise<CallAnswer<`GET ${Root}/metrics`>>;
  /** Begins the figures anew. */
  reset(settings?: CallSettings): Promise<CallAnswer<`POST ${Root}/reset`>>;
}

export function performanceCalls(call: Call): PerformanceCalls {
  return {
    health: settings => call('GET /api/performance/health', settings),
    stats: settings => call('GET /api/performance/stats', over(settings)),
    endpoints: settings => call('GET /api/performance/endpoints', over(settings)),
    slowRequests: settings => call('GET /api/performance/slow-requests', settings),
    trends: settings => call('GET /api/performance/trends', over(settings)),
    dashboard: settings => call('GET /api/performance/dashboard', over(settings)),
    cdn: settings => call('GET /api/performance/cdn', over(settings)),
    alerts: settings => call('GET /api/performance/alerts', settings),
    metrics: settings => call('GET /api/performance/metrics', settings),
    reset: settings => call('POST /api/performance/reset', settings),
  };
}

function over<Asked extends string>({ window, ...settings }: CallSettings & { window?: Asked } = {}) {
  return { ...settings, query: { window } };
}
