/**
 * What the performance routes take and answer: one window of time, seen whole (stats, dashboard) or by its parts.
 *
 * Units   durations in ms, instants epoch ms, sizes in bytes, ratios from 0 to 1; null where there was nothing to measure
 */

import * as z from 'zod/mini';
import { lazy } from '../primitives/lazy.ts';
import { HEALTH } from './health.ts';
import {
  cacheFigures,
  latencyFigures,
  originFigures,
  ratio,
  redisFigures,
  requestFigures,
  scopeOfFigures,
} from './performance-figures.ts';

export const WINDOWS = ['5m', '15m', '1h', '6h', '24h'] as const;
export const DEFAULT_WINDOW = '1h';

export const PERFORMANCE_QUERY = lazy(() =>
  z.strictObject({
    window: z
      ._default(z.enum(WINDOWS, `must be one of ${WINDOWS.join(', ')}`), DEFAULT_WINDOW)
      .check(z.describe('How far back to look.')),
  }),
);

export const STATS = lazy(() => z.object(stats()));

export const ENDPOINTS = lazy(() =>
  z.object({
    scope: scopeOfFigures(),
    routes: z.array(routeFigures()).check(z.describe('The busiest first.')),
  }),
);

export const SLOW_REQUESTS = lazy(() => z.object({ scope: scopeOfFigures(), ...slowRequests() }));

export const TRENDS = lazy(() => z.object({ scope: scopeOfFigures(), ...trend() }));

export const DASHBOARD = lazy(() =>
  z.object({
    ...stats(),
    trend: z.object(trend()),
    routes: z.array(routeFigures()).check(z.describe('The busiest first, at most ten.')),
    slow: z.object(slowRequests()),
    health: HEALTH(),
  }),
);

export const RESET_DONE = lazy(() =>
  z.object({ resetAt: z.int(), counts: z.enum(['all-isolates', 'this-isolate']) }),
);

export type Window = (typeof WINDOWS)[number];
export type Stats = z.output<ReturnType<typeof STATS>>;
export type Endpoints = z.output<ReturnType<typeof ENDPOINTS>>;
export type SlowRequests = z.output<ReturnType<typeof SLOW_REQUESTS>>;
export type Trends = z.output<ReturnType<typeof TRENDS>>;
export type Dashboard = z.output<ReturnType<typeof DASHBOARD>>;
export type ResetDone = z.output<ReturnType<typeof RESET_DONE>>;
export type Scope = Stats['scope'];
export type RouteFigures = Endpoints['routes'][number];
export type SlowRequest = SlowRequests['requests'][number];
export type TrendPoint = Trends['points'][number];

function stats() {
  return {
    scope: scopeOfFigures(),
    requests: requestFigures(),
    cache: cacheFigures(),
    latency: latencyFigures('Until the answer was ready to be sent, as the edge sees it.'),
    origin: originFigures(),
    redis: redisFigures(),
  };
}

function routeFigures() {
  return z.object({
    route: z
      .string()
      .check(z.describe('Its patterns, as headrace.config.ts has them; `other` where there was none.')),
    requests: z.int(),
    hitRatio: ratio('Of all that the cache had a say in.'),
    observedHitRatio: ratio('What it would have been while HEADRACE_MODE was observe.'),
    errorRatio: ratio('Answers with a status of 500 or above, of all.'),
    latency: latencyFigures('Until the answer was ready to be sent.'),
  });
}

function slowRequests() {
  return {
    thresholdMs: z.int().check(z.describe('What takes as long or longer is slow.')),
    requests: z.array(slowRequest()).check(z.describe('The latest first.')),
  };
}

function slowRequest() {
  return z.object({
    at: z.int(),
    method: z.string(),
    path: z.string().check(z.describe('Without its query.')),
    route: z.string(),
    status: z.int(),
    outcome: z.string().check(z.describe('What the cache did, in a word: hit, miss, pass …')),
    totalMs: z.number(),
    originMs: z.nullable(z.number()).check(z.describe('Of these, waited for the origin.')),
    requestId: z.string().check(z.describe('As in the log.')),
  });
}

function trend() {
  return {
    stepMs: z.int().check(z.describe('What one point stands for.')),
    points: z
      .array(trendPoint())
      .check(z.describe('One for each step of the window, the oldest first; the last one is still growing.')),
  };
}

function trendPoint() {
  return z.object({
    at: z.int().check(z.describe('When its step began.')),
    requests: z.int(),
    errors: z.int().check(z.describe('Answers with a status of 500 or above.')),
    hitRatio: ratio('Of all that the cache had a say in.'),
    originRequests: z.int(),
    p50Ms: z.nullable(z.number()),
    p95Ms: z.nullable(z.number()),
    p99Ms: z.nullable(z.number()),
  });
}
