/**
 * The performance API: a window of time seen whole or by its parts, for people, programs and Prometheus.
 *
 * Shape   GET stats, endpoints, slow-requests, trends, dashboard ?window=5m|15m|1h|6h|24h; GET metrics; POST reset
 * Errors  400 PERFORMANCE_QUERY_INVALID; 503 METRICS_UNREACHABLE where only all isolates' numbers would do
 * Cost    a flush of what this isolate counted (one trip, 11 commands) and one trip more: an hour is 61 commands the first
 *         time, then 2 or 3 (periods that are over are kept); the slow requests a trip of 1; metrics 1; reset 4.
 *         A dashboard that looks every 5 seconds comes to about 3 commands a second
 */

import type { Handler } from 'hono';
import {
  PERFORMANCE_QUERY,
  type Scope,
  type SlowRequests,
  type Stats,
  type Trends,
  type Window,
} from '../../shared/api/performance.ts';
import type { MetricsPlan } from '../../shared/config/metrics-schema.ts';
import { edgeFigures, routeFigures, trendPoint } from '../../shared/monitoring/edge-figures.ts';
import { EXPOSITION_TYPE, formatExposition } from '../../shared/monitoring/exposition.ts';
import type { MetricsReader, Told, Whose } from '../../shared/monitoring/metrics-reader.ts';
import { type Span, spanOf } from '../../shared/monitoring/period.ts';
import type { Samples } from '../../shared/monitoring/sample.ts';
import { mergeSamples } from '../../shared/monitoring/tally.ts';
import type { Clock } from '../../shared/primitives/clock.ts';
import { type Duration, parseDurationMs } from '../../shared/primitives/duration.ts';
import { parseSlowRequest } from '../monitoring/slow-requests.ts';
import { problemResponse } from '../problem-response.ts';
import type { HealthReport } from './health.ts';
import { readQuery } from './read-body.ts';

export interface PerformanceDeps {
  readonly metrics: MetricsPlan;
  readonly reader: MetricsReader;
  readonly health: HealthReport;
  readonly breakerState: () => Stats['redis']['breaker'];
  readonly clock: Clock;
}

export interface PerformanceHandlers {
  readonly stats: Handler;
  readonly endpoints: Handler;
  readonly slowRequests: Handler;
  readonly trends: Handler;
  readonly dashboard: Handler;
  readonly metrics: Handler;
  readonly reset: Handler;
}

interface Seen {
  readonly span: Span;
  readonly scope: Scope;
  readonly periods: readonly Samples[];
}

const MOST_ROUTES_SHOWN = 10;

export function performance(deps: PerformanceDeps): PerformanceHandlers {
  const { metrics, reader, health, breakerState, clock } = deps;

  async function look(window: Window): Promise<Seen> {
    const span = spanOf(parseDurationMs(window as Duration) ?? 0, clock());
    const { value: periods, ...whose } = await reader.read(span);
    return { span, periods, scope: scopeOf(whose, span, window) };
  }

  function scopeOf(
    whose: Whose,
    { fromAt, toAt }: Pick<Span, 'fromAt' | 'toAt'>,
    window: Window | null,
  ): Scope {
    return {
      window,
      fromAt,
      toAt,
      counts: whose.counts,
      reason: metrics.enabled ? whose.reason : SWITCHED_OFF,
    };
  }

  function statsOf({ periods, span }: Seen) {
    const lastingMs = span.toAt - span.fromAt;
    const { redisUsdPer100kCommands: usdPer100kCommands } = metrics;
    return edgeFigures(mergeSamples(periods), { lastingMs, usdPer100kCommands, breaker: breakerState() });
  }

  function slowOf({ value }: Told<readonly string[]>): Omit<SlowRequests, 'scope'> {
    const requests = value.map(parseSlowRequest).filter(one => one !== undefined);
    return { thresholdMs: metrics.slowMs, requests };
  }

  const seen =
    (answer: (seen: Seen) => object | Promise<object>): Handler =>
    async context => {
      const query = readQuery(context.req.query(), PERFORMANCE_QUERY());
      if (!query.ok) return invalid(query.words);
      return answered(await answer(await look(query.value.window)));
    };

  return {
    stats: seen(one => ({ scope: one.scope, ...statsOf(one) })),
    endpoints: seen(one => ({ scope: one.scope, routes: routeFigures(mergeSamples(one.periods)) })),
    trends: seen(one => ({ scope: one.scope, ...trendOf(one) })),
    dashboard: seen(async one => {
      const [notes, checks] = await Promise.all([reader.notes(), health()]);
      return {
        scope: one.scope,
        ...statsOf(one),
        trend: trendOf(one),
        routes: routeFigures(mergeSamples(one.periods)).slice(0, MOST_ROUTES_SHOWN),
        slow: slowOf(notes),
        health: checks,
      };
    }),
    async slowRequests() {
      const notes = await reader.notes();
      const slow = slowOf(notes);
      const fromAt = Math.min(clock(), ...slow.requests.map(({ at }) => at));
      return answered({ scope: scopeOf(notes, { fromAt, toAt: clock() }, null), ...slow });
    },
    metrics: () => orUnreachable(async () => exposed(await reader.total())),
    reset: () =>
      orUnreachable(async () => {
        const { counts } = await reader.reset();
        return answered({ resetAt: clock(), counts });
      }),
  };
}

function trendOf({ span, periods }: Seen): Omit<Trends, 'scope'> {
  return { stepMs: span.stepMs, points: periods.map((one, at) => trendPoint(span.startsAt[at] ?? 0, one)) };
}

function answered(body: object): Response {
  return Response.json(body, { headers: NOT_KEPT });
}

function exposed({ value, reason }: Told<Samples>): Response {
  const note = reason === null ? '' : `# Of this isolate alone. ${reason}\n`;
  return new Response(note + formatExposition(value), {
    headers: { ...NOT_KEPT, 'content-type': EXPOSITION_TYPE },
  });
}

/** Counters of one isolate would seem to go down when another one answers next. */
async function orUnreachable(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch {
    return problemResponse(UNREACHABLE, { 'retry-after': '5' });
  }
}

function invalid(detail: string): Response {
  const title = 'The query cannot be understood';
  return problemResponse({ status: 400, code: 'PERFORMANCE_QUERY_INVALID', title, detail });
}

const NOT_KEPT = { 'cache-control': 'no-store' };
const SWITCHED_OFF =
  'Metrics are switched off, by headrace.config.ts or by HEADRACE_MODE=off: nothing is counted.';

const UNREACHABLE = {
  status: 503,
  code: 'METRICS_UNREACHABLE',
  title: 'What all isolates counted cannot be had now',
  detail:
    'Redis does not answer. Nothing is lost: isolates go on counting, and send it when it is there again.',
};
