/**
 * The route table: every route of Headrace's own, in order, on one screen. Everything else belongs to the origin.
 */

import { type ExecutionContext, type Handler, Hono } from 'hono';
import { etag } from 'hono/etag';
import type { Problem } from '../shared/http/problem.ts';
import { parseRequestUrl, type RequestUrl } from '../shared/http/request-url.ts';
import { lazy } from '../shared/primitives/lazy.ts';
import { rememberByText } from '../shared/primitives/remember.ts';
import type { AlertHandlers } from './api/alerts.ts';
import type { JobHandlers } from './api/jobs/handlers.ts';
import type { OutboxHandlers } from './api/outbox.ts';
import type { PerformanceHandlers } from './api/performance.ts';
import type { ScalingHandlers } from './api/scaling.ts';
import { adminAuth } from './middleware/admin-auth.ts';
import { problemResponse } from './problem-response.ts';
import type { AnswerRequest } from './proxy/handler.ts';

export interface AppDeps {
  readonly base: string;
  readonly adminTokens: readonly string[];
  readonly health: () => Promise<Response>;
  readonly performance: PerformanceHandlers;
  readonly alerts: AlertHandlers;
  readonly scaling: ScalingHandlers;
  readonly cdnFigures: Handler;
  readonly purge: Handler;
  readonly invalidate: Handler;
  readonly explain: Handler;
  readonly outbox: OutboxHandlers;
  readonly jobs: JobHandlers;
  readonly image: Handler;
  readonly imageVariants: Handler;
  readonly presignAsset: Handler;
  readonly openApi: Handler;
  readonly dashboard: DashboardHandlers;
  readonly proxy: AnswerRequest;
}

/** The pages for people, and what they are made of. */
export interface DashboardHandlers {
  readonly page: Handler;
  readonly reference: Handler;
  readonly asset: Handler;
}

export interface App {
  fetch(request: Request, context: ExecutionContext): Response | Promise<Response>;
}

/** Below these, behind `base`, nothing is the origin's. */
export const OWN_PATHS = [
  '/api/performance',
  '/api/admin',
  '/api/openapi.json',
  '/dashboard',
  '/images',
] as const;

export function createApp(deps: AppDeps): App {
  const { base, proxy } = deps;
  const own = lazy(() => createOwnRoutes(deps));
  const prefixes = OWN_PATHS.map(path => base + path);
  const isOwn = rememberByText(path =>
    prefixes.some(prefix => path === prefix || path.startsWith(`${prefix}/`)),
  );
  return {
    fetch(request, context) {
      const url = urlOf(request);
      if (!url) return problemResponse(HOST_INVALID);
      if (isOwn(url.pathname)) return own().fetch(request, undefined, context);
      try {
        const answer = proxy(request, url, work => context.waitUntil(work));
        return answer instanceof Promise ? answer.catch(fault) : answer;
      } catch (error) {
        return fault(error);
      }
    },
  };
}

/** Each of them stands in shared/api/routes.ts too, with what it takes and answers: a rule test compares the two. */
export function createOwnRoutes(deps: Omit<AppDeps, 'proxy'>): Hono {
  const own = new Hono().basePath(deps.base || '/');
  own.get('/api/openapi.json', etag({ weak: true }), deps.openApi);
  own.get('/api/performance/health', deps.health);
  // What stands before this is for everyone.
  own.use('/api/performance/*', adminAuth(deps.adminTokens));
  own.get('/api/performance/stats', deps.performance.stats);
  own.get('/api/performance/endpoints', deps.performance.endpoints);
  own.get('/api/performance/slow-requests', deps.performance.slowRequests);
  own.get('/api/performance/trends', deps.performance.trends);
  own.get('/api/performance/dashboard', deps.performance.dashboard);
  own.get('/api/performance/metrics', deps.performance.metrics);
  own.get('/api/performance/cdn', deps.cdnFigures);
  own.post('/api/performance/reset', deps.performance.reset);
  own.get('/api/performance/alerts', deps.alerts.list);
  own.use('/api/admin/*', adminAuth(deps.adminTokens));
  own.post('/api/admin/cache/purge', deps.purge);
  own.post('/api/admin/cache/invalidate', deps.invalidate);
  own.post('/api/admin/cache/explain', deps.explain);
  own.get('/api/admin/outbox', deps.outbox.look);
  own.post('/api/admin/outbox/drain', deps.outbox.drain);
  own.get('/api/admin/jobs', deps.jobs.list);
  own.post('/api/admin/jobs/:job', deps.jobs.enqueue);
  own.get('/api/admin/jobs/:job', deps.jobs.get);
  own.get('/api/admin/jobs/:job/events', deps.jobs.events);
  own.delete('/api/admin/jobs/:job', deps.jobs.cancel);
  own.post('/api/admin/jobs/:job/retry', deps.jobs.retry);
  own.get('/api/admin/queues', deps.jobs.queues);
  own.post('/api/admin/queues/:type/redrive', deps.jobs.redrive);
  own.post('/api/admin/alerts/quiet', deps.alerts.quiet);
  own.get('/api/admin/scaling', deps.scaling.list);
  own.put('/api/admin/scaling/:target/override', deps.scaling.override);
  own.delete('/api/admin/scaling/:target/override', deps.scaling.end);
  own.post('/api/admin/images/variants', deps.imageVariants);
  own.post('/api/admin/assets/presign', deps.presignAsset);
  own.get('/images/:options/:source{.+}', deps.image);
  // Its other forms, and the methods it refuses.
  own.all('/images/*', deps.image);
  own.get('/dashboard', deps.dashboard.page);
  own.get('/dashboard/api', deps.dashboard.reference);
  own.get('/dashboard/assets/:name', etag({ weak: true }), deps.dashboard.asset);
  own.notFound(() => problemResponse(NO_SUCH_ROUTE));
  own.onError(fault);
  return own;
}

function fault(error: unknown): Response {
  console.error(error);
  return problemResponse(FAULT);
}

const NO_SUCH_ROUTE: Problem = {
  status: 404,
  code: 'ROUTE_UNKNOWN',
  title: 'Headrace has no such route',
  detail: 'This path is one of its own; HEADRACE_BASE moves all of them if your origin needs it.',
};

/** Undefined for a Host that is none, such as `evil:99999`: workerd hands it on as it came. */
function urlOf(request: Request): RequestUrl | undefined {
  try {
    return parseRequestUrl(request.url);
  } catch {
    return undefined;
  }
}

const HOST_INVALID: Problem = {
  status: 400,
  code: 'HOST_INVALID',
  title: 'The Host header names no host',
};

const FAULT: Problem = {
  status: 500,
  code: 'EDGE_FAULT',
  title: 'Something went wrong in Headrace itself',
  detail: 'The log has the reason. HEADRACE_MODE=off turns everything but the proxy off.',
};
