/**
 * What a running edge answers, held against its own document: status, type, schema, and the codes of problems.
 */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'zod/mini';
import { COMMON_PROBLEMS, TOKEN_PROBLEMS } from '../../shared/api/problem.ts';
import { placeOf, type RouteDescription } from '../../shared/api/route.ts';
import { ROUTES, type Routes } from '../../shared/api/routes.ts';
import { ADMIN_TOKEN, type Flow, startFlow } from './flow.ts';

let flow: Flow;
beforeAll(async () => {
  flow = await startFlow({ config: { routes: [{ match: '/page-*', ttl: '60s' }] } });
});
afterAll(() => flow.stop());

const WINDOWED = ['stats', 'endpoints', 'trends', 'dashboard'] as const;
const PURGE = 'POST /api/admin/cache/purge';
const EXPLAIN = 'POST /api/admin/cache/explain';
const JOB = { job: 'nonsense' };

interface Asked {
  readonly token?: string;
  readonly query?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const CASES: readonly (readonly [keyof Routes, number, Asked])[] = [
  ...WINDOWED.flatMap(name => [
    [`GET /api/performance/${name}`, 200, { query: '?window=24h' }] as const,
    [`GET /api/performance/${name}`, 400, { query: '?window=2h' }] as const,
    [`GET /api/performance/${name}`, 401, { token: 'wrong' }] as const,
  ]),
  ['GET /api/performance/slow-requests', 200, {}],
  ['GET /api/performance/metrics', 200, {}],
  ['GET /api/performance/health', 200, { token: '' }],
  ['POST /api/performance/reset', 200, {}],
  [PURGE, 202, { body: { tags: ['a'] } }],
  [PURGE, 202, { body: { patterns: ['/page-*'], soft: true } }],
  [PURGE, 400, { body: { tags: ['a'], hosts: ['b'] } }],
  [PURGE, 413, { body: { urls: Array.from({ length: 1_001 }, () => '/') } }],
  [EXPLAIN, 200, { body: { url: '/page-1' } }],
  [EXPLAIN, 400, { body: { url: 'page' } }],
  ['GET /api/admin/jobs/:job', 503, { params: JOB }],
  ['GET /api/openapi.json', 200, { token: '' }],
  ['GET /dashboard', 200, { token: '' }],
  ['GET /dashboard/api', 200, { token: '' }],
  ['GET /dashboard/assets/:name', 200, { token: '', params: { name: 'api.js' } }],
  ['GET /dashboard/assets/:name', 404, { token: '', params: { name: '__proto__' } }],
];

describe('the edge answers as its document says', () => {
  it.each(CASES)('%s: %i', async (name, status, { token = ADMIN_TOKEN, query = '', params = {}, body }) => {
    const { method, path } = placeOf(name);
    const to = path.replace(/:(\w+)/g, (_, param: string) => params[param] ?? '') + query;
    const response = await fetch(flow.url + to, {
      method,
      headers: { ...(token && { authorization: `Bearer ${token}` }), 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    expect(response.status).toBe(status);
    const route: RouteDescription = ROUTES()[name];
    const type = response.headers.get('content-type') ?? '';
    const answer = route.answers[status];
    if (!answer) {
      expect(type).toBe('application/problem+json');
      expect(codesOf(route, status)).toContain(((await response.json()) as { code: string }).code);
    } else if (answer.body) {
      expect(type).toBe('application/json');
      parse(answer.body(), await response.json());
    } else expect(type.toLowerCase()).toContain(answer.type?.toLowerCase());
  });
});

function codesOf({ access, problems = [] }: RouteDescription, status: number): readonly string[] {
  const all = [...problems, ...(access === 'token' ? TOKEN_PROBLEMS : []), ...COMMON_PROBLEMS];
  return all.filter(problem => problem.status === status).map(({ code }) => code);
}
