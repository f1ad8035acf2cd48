import { expect, test } from 'vitest';
import { createHealthReport, health } from '../../../edge/api/health.ts';
import { createUnready } from '../../../edge/unready.ts';
import { HEALTH } from '../../../shared/api/health.ts';
import { planOf } from '../../edge/exchange.ts';

const origins = [...planOf().origins.values()];
const reportOf = (send: () => Promise<Response>) =>
  health(createHealthReport({ origins, redis: undefined, send, clock: () => 0 }));

test.each([
  ['an origin that answers', async () => new Response('page'), 'healthy'],
  ['an origin that fails', async () => new Response(null, { status: 503 }), 'degraded'],
  ['no origin', () => Promise.reject(new Error('refused')), 'degraded'],
])('a report on %s is as the schema says', async (_, send, status) => {
  const report = HEALTH().parse(await (await reportOf(send)()).json());
  expect(report).toMatchObject({ status, checks: { origin: { status }, redis: { status: 'absent' } } });
});

test('that of an edge that cannot serve, too', async () => {
  const request = new Request('http://h/api/performance/health');
  const response = await createUnready('PORT must be a port.').fetch(request, {} as never);
  expect([response.status, HEALTH().parse(await response.json())]).toMatchObject([
    503,
    { status: 'unhealthy', score: 0 },
  ]);
});

test.each([{ score: 101 }, { score: 1.5 }, { status: 'fine' }])('%j is no report', wrong => {
  expect(HEALTH().safeParse({ status: 'healthy', score: 100, checks: {}, ...wrong }).success).toBe(false);
});
