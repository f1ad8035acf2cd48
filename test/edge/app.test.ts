import type { Context } from 'hono';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type App, type AppDeps, createApp } from '../../edge/app.ts';

const TOKEN = 't'.repeat(32);
const AS_ADMIN = { headers: { authorization: `Bearer ${TOKEN}` } };
const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} } as Parameters<
  App['fetch']
>[1];

const PAGES: AppDeps['dashboard'] = {
  page: context => context.text('dashboard'),
  reference: context => context.text('reference'),
  asset: context => context.text('asset'),
};

const JOBS = new Proxy({} as AppDeps['jobs'], {
  get: (_, name) => (context: Context) => context.text(`jobs ${String(name)}`),
});

const PERFORMANCE = new Proxy({} as AppDeps['performance'], {
  get: (_, name) => (context: Context) => context.text(`performance ${String(name)}`),
});

const SCALING = new Proxy({} as AppDeps['scaling'], {
  get: (_, name) => (context: Context) => context.text(`scaling ${String(name)}`),
});

const ALERTS: AppDeps['alerts'] = {
  list: context => context.text('alerts'),
  quiet: context => context.text('quiet'),
};

const OUTBOX: AppDeps['outbox'] = {
  look: context => context.text('outbox'),
  drain: context => context.text('drained'),
};

function appWith(more: Partial<AppDeps> = {}) {
  const proxied: string[] = [];
  const app = createApp({
    base: '',
    adminTokens: [TOKEN],
    health: async () => new Response('health'),
    cdnFigures: context => context.text('cdn'),
    purge: context => context.text('purge'),
    invalidate: context => context.text('invalidate'),
    explain: context => context.text('explain'),
    image: context => context.text(`image ${context.req.method}`),
    imageVariants: context => context.text('variants'),
    presignAsset: context => context.text('presigned'),
    alerts: ALERTS,
    scaling: SCALING,
    outbox: OUTBOX,
    jobs: JOBS,
    performance: PERFORMANCE,
    openApi: context => context.text('document'),
    dashboard: PAGES,
    proxy: async (_, url) => {
      proxied.push(url.pathname);
      return new Response('origin');
    },
    ...more,
  });
  const ask = async (path: string, init: RequestInit = {}) =>
    app.fetch(new Request(`http://h${path}`, init), context);
  return { ask, proxied };
}

afterEach(() => void vi.restoreAllMocks());

test.each([
  ['/api/performance/health', {}, 'health'],
  ['/api/admin/cache/purge', { method: 'POST', headers: { authorization: `Bearer ${TOKEN}` } }, 'purge'],
  ['/api/admin/cache/explain', { method: 'POST', headers: { authorization: `Bearer ${TOKEN}` } }, 'explain'],
  ['/api/performance/stats', AS_ADMIN, 'performance stats'],
  ['/api/performance/endpoints', AS_ADMIN, 'performance endpoints'],
  ['/api/performance/slow-requests', AS_ADMIN, 'performance slowRequests'],
  ['/api/performance/trends', AS_ADMIN, 'performance trends'],
  ['/api/performance/dashboard', AS_ADMIN, 'performance dashboard'],
  ['/api/performance/metrics', AS_ADMIN, 'performance metrics'],
  ['/api/performance/reset', { ...AS_ADMIN, method: 'POST' }, 'performance reset'],
  ['/api/admin/jobs', AS_ADMIN, 'jobs list'],
  ['/api/admin/jobs/reports', { ...AS_ADMIN, method: 'POST' }, 'jobs enqueue'],
  ['/api/admin/jobs/reports-1', AS_ADMIN, 'jobs get'],
  ['/api/admin/jobs/reports-1', { ...AS_ADMIN, method: 'DELETE' }, 'jobs cancel'],
  ['/api/admin/jobs/reports-1/events', AS_ADMIN, 'jobs events'],
  ['/api/admin/jobs/reports-1/retry', { ...AS_ADMIN, method: 'POST' }, 'jobs retry'],
  ['/api/admin/queues', AS_ADMIN, 'jobs queues'],
  ['/api/admin/queues/reports/redrive', { ...AS_ADMIN, method: 'POST' }, 'jobs redrive'],
  ['/api/openapi.json', {}, 'document'],
  ['/dashboard', {}, 'dashboard'],
  ['/dashboard/api', {}, 'reference'],
  ['/dashboard/assets/page.css', {}, 'asset'],
  ['/images/x', {}, 'image GET'],
  ['/api/openapi.json5', {}, 'origin'],
  ['/anything/else', {}, 'origin'],
  ['/api/performance-tips', {}, 'origin'],
  ['/', { method: 'POST' }, 'origin'],
])('%s goes to its owner', async (path, init, owner) => {
  expect(await (await appWith().ask(path, init)).text()).toBe(owner);
});

test.each(['/dashboard/none', '/dashboard/assets'])('%s is Headrace’s, and none', async path => {
  const { ask, proxied } = appWith();
  const response = await ask(path);
  expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
    404,
    'ROUTE_UNKNOWN',
  ]);
  expect(proxied).toEqual([]);
});

test.each(['/api/performance', '/api/performance/none', '/api/admin/none'])(
  '%s is behind the token, so that nobody learns there what there is',
  async path => {
    const { ask } = appWith();
    expect([(await ask(path)).status, (await ask(path, AS_ADMIN)).status]).toEqual([401, 404]);
  },
);

test('a base moves them all', async () => {
  const { ask, proxied } = appWith({ base: '/head' });
  expect(await (await ask('/head/api/performance/health')).text()).toBe('health');
  await ask('/api/performance/health');
  await ask('/head');
  expect(proxied).toEqual(['/api/performance/health', '/head']);
});

describe('a crash inside', () => {
  test.each([
    ['the proxy', '/page', { proxy: () => Promise.reject(new Error('bug')) }],
    ['a route', '/api/performance/health', { health: () => Promise.reject(new Error('bug')) }],
  ])('%s is a 500 problem that tells nothing, and is logged', async (_, path, broken) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const response = await appWith(broken).ask(path);
    const text = await response.text();
    expect([response.status, JSON.parse(text).code]).toEqual([500, 'EDGE_FAULT']);
    expect(text).not.toContain('bug');
    expect(log).toHaveBeenCalledWith(expect.objectContaining({ message: 'bug' }));
  });
});

test.each(['http://a b/', 'http://evil:99999/', 'http://[::1/'])(
  'a request to %s, which is no address, is refused',
  async url => {
    const { fetch } = createApp({
      base: '',
      adminTokens: [],
      health: async () => new Response(),
      cdnFigures: context => context.text(''),
      purge: context => context.text(''),
      invalidate: context => context.text(''),
      explain: context => context.text(''),
      image: context => context.text(''),
      imageVariants: context => context.text(''),
      presignAsset: context => context.text(''),
      alerts: ALERTS,
      scaling: SCALING,
      outbox: OUTBOX,
      jobs: JOBS,
      performance: PERFORMANCE,
      openApi: context => context.text(''),
      dashboard: PAGES,
      proxy: async () => new Response(),
    });
    const response = await fetch({ url } as Request, context);
    expect([response.status, JSON.parse(await response.text()).code]).toEqual([400, 'HOST_INVALID']);
  },
);
