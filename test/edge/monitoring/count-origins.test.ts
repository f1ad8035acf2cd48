import { expect, test } from 'vitest';
import type { UpstreamRequest } from '../../../edge/adapters/upstream.ts';
import { countOrigins } from '../../../edge/monitoring/count-origins.ts';
import { createRegistry } from '../../../shared/monitoring/registry.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { planOf } from '../exchange.ts';

async function sent(answer: () => Response | Promise<Response>, signal = new AbortController().signal) {
  const registry = createRegistry();
  const clock = createTestClock();
  const [origin] = planOf().origins.values();
  const send = countOrigins(
    async () => {
      clock.advance(40);
      return answer();
    },
    { registry, clock },
  );
  const response = await send({ origin, signal } as UpstreamRequest).catch((error: Error) => error.message);
  return { response, taken: Object.fromEntries(registry.take()) };
}

test('what was answered, and how long it took to begin', async () => {
  const response = new Response('page', { status: 404 });
  const { taken, response: given } = await sent(() => response);
  expect(given).toBe(response);
  expect(taken).toEqual({
    'edge_origin_requests_total{origin="default",result="answered"}': 'c1',
    'edge_origin_duration_seconds{origin="default"}': expect.stringMatching(/^t40000,\d+:1$/),
  });
});

test.each([
  ['5xx', () => new Response(null, { status: 503 }), undefined],
  ['unreachable', () => Promise.reject(new Error('reset')), undefined],
  ['timeout', () => Promise.reject(new Error('aborted')), AbortSignal.abort()],
] as const)('%s', async (result, answer, signal) => {
  const { taken, response } = await sent(answer, signal);
  expect(taken[`edge_origin_requests_total{origin="default",result="${result}"}`]).toBe('c1');
  if (result !== '5xx') expect(response).toMatch(/reset|aborted/);
});
