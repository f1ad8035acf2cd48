/**
 * The routes that tell how the edge is doing.
 */

import { lazy } from '../primitives/lazy.ts';
import { CDN_FIGURES, CDN_QUERY } from './cdn-figures.ts';
import { HEALTH } from './health.ts';
import {
  DASHBOARD,
  ENDPOINTS,
  PERFORMANCE_QUERY,
  RESET_DONE,
  SLOW_REQUESTS,
  STATS,
  TRENDS,
} from './performance.ts';
import type { ApiProblem, RouteTable } from './route.ts';

const WHOSE =
  'Of all isolates; where Redis is absent or does not answer, of the one that answers, and `scope` says so. What an isolate counted is there within ten seconds.';

const QUERY_WRONG: ApiProblem = {
  status: 400,
  code: 'PERFORMANCE_QUERY_INVALID',
  says: 'The window is not one of those listed.',
};

const UNREACHABLE: ApiProblem = {
  status: 503,
  code: 'METRICS_UNREACHABLE',
  says: 'Redis does not answer, and only all isolates’ numbers would do.',
};

export const PERFORMANCE_ROUTES = lazy(
  () =>
    ({
      'GET /api/performance/health': {
        id: 'getHealth',
        group: 'Performance',
        summary: 'Whether the edge serves, and what behind it can be reached',
        access: 'everyone',
        answers: {
          200: { says: 'The edge serves; what is degraded says why.', body: HEALTH, name: 'Health' },
          503: { says: 'The edge cannot serve: a setting is wrong.', body: HEALTH, name: 'Health' },
        },
      },
      'GET /api/performance/stats': {
        id: 'getStats',
        group: 'Performance',
        summary: 'Requests, hit ratios, latencies, the origin and Redis in a window of time',
        details: WHOSE,
        access: 'token',
        query: PERFORMANCE_QUERY,
        answers: { 200: { says: 'The figures of the window.', body: STATS } },
        problems: [QUERY_WRONG],
      },
      'GET /api/performance/endpoints': {
        id: 'getEndpoints',
        group: 'Performance',
        summary: 'The same by route, the busiest first',
        details: WHOSE,
        access: 'token',
        query: PERFORMANCE_QUERY,
        answers: { 200: { says: 'The figures of each route that was asked for.', body: ENDPOINTS } },
        problems: [QUERY_WRONG],
      },
      'GET /api/performance/slow-requests': {
        id: 'getSlowRequests',
        group: 'Performance',
        summary: 'The latest hundred requests that were slow',
        details: WHOSE,
        access: 'token',
        answers: { 200: { says: 'The slow requests, without their queries.', body: SLOW_REQUESTS } },
      },
      'GET /api/performance/trends': {
        id: 'getTrends',
        group: 'Performance',
        summary: 'Requests, errors, hit ratio and percentiles over time',
        details: WHOSE,
        access: 'token',
        query: PERFORMANCE_QUERY,
        answers: { 200: { says: 'A point for each minute, or each ten minutes from 6h on.', body: TRENDS } },
        problems: [QUERY_WRONG],
      },
      'GET /api/performance/dashboard': {
        id: 'getDashboard',
        group: 'Performance',
        summary: 'All that the dashboard shows, in one answer',
        details: WHOSE,
        access: 'token',
        query: PERFORMANCE_QUERY,
        answers: { 200: { says: 'Stats, trend, routes, slow requests and health.', body: DASHBOARD } },
        problems: [QUERY_WRONG],
      },
      'GET /api/performance/metrics': {
        id: 'getMetrics',
        group: 'Performance',
        summary: 'All counts since the first, for Prometheus',
        details: 'Counters never go down, whichever isolate answers and whatever is reset.',
        access: 'token',
        answers: {
          200: { says: 'Text exposition format 0.0.4.', type: 'text/plain; version=0.0.4; charset=utf-8' },
        },
        problems: [UNREACHABLE],
      },
      'GET /api/performance/cdn': {
        id: 'getCdnFigures',
        group: 'Performance',
        summary: 'What each CDN did and cost: requests, bytes, hit ratios, dollars, the edge among them',
        details:
          'From the vendors’ own figures, by the hour, at list prices with their source beside. A CDN that is down says so in its row.',
        access: 'token',
        query: CDN_QUERY,
        answers: { 200: { says: 'A row for each.', body: CDN_FIGURES } },
        problems: [QUERY_WRONG],
      },
      'POST /api/performance/reset': {
        id: 'resetPerformance',
        group: 'Performance',
        summary: 'Begin the windows and the slow requests anew',
        details: 'What Prometheus sees goes on.',
        access: 'token',
        answers: { 200: { says: 'They begin at `resetAt`.', body: RESET_DONE } },
        problems: [UNREACHABLE],
      },
    }) as const satisfies RouteTable,
);
