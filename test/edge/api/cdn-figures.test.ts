import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { cdnFigures } from '../../../edge/api/cdn-figures.ts';
import type { Invoked } from '../../../edge/connect-functions.ts';
import { CDN_FIGURES } from '../../../shared/api/cdn-figures.ts';
import { edgeFigures } from '../../../shared/monitoring/edge-figures.ts';
import { mergeSamples } from '../../../shared/monitoring/tally.ts';
import { createTestClock } from '../../fakes/clock.ts';

const HOUR_MS = 3_600_000;
const OWN = edgeFigures(mergeSamples([]), { lastingMs: 1, usdPer100kCommands: 0.2, breaker: 'absent' });

function serve(invoked: Invoked, { cdns = ['site'], lastDay = async () => OWN } = {}) {
  const clock = createTestClock(Date.UTC(2026, 10, 20, 10, 30));
  const asked: object[] = [];
  const handler = cdnFigures({
    cdns,
    clock,
    lastDay,
    functions: () => async (name, event) => {
      asked.push({ name, ...event });
      return invoked;
    },
  });
  const app = new Hono().get('/', handler);
  const ask = async (query = '') => {
    const response = await app.request(`/${query}`);
    return { status: response.status, body: await response.json() };
  };
  return { ask, asked, clock };
}

const ROW = { name: 'site', vendor: 'cloudflare', state: 'unmeasured', reason: 'down' };
const MEASURED: Invoked = {
  kind: 'answered',
  answer: {
    cdns: [
      {
        name: 'site',
        vendor: 'google',
        state: 'measured',
        figures: {
          ...{ requests: 1, bytes: 2, hitRatio: 1, bytesHitRatio: 1, errorRatio: 0, costUsd: 1, savedUsd: 2 },
          rate: null,
        },
      },
    ],
  },
};

describe('the figures of the CDNs', () => {
  it('are of whole hours, the edge among them, and as the document says', async () => {
    const { ask, asked } = serve(MEASURED);
    const { status, body } = await ask();
    const toAt = Date.UTC(2026, 10, 20, 10);
    expect(status).toBe(200);
    expect(CDN_FIGURES().parse(body)).toMatchObject({ window: '24h', fromAt: toAt - 24 * HOUR_MS, toAt });
    expect(asked).toEqual([{ name: 'measure-cdns', fromAt: toAt - 24 * HOUR_MS, toAt }]);
    expect((body as { cdns: { name: string; state: string }[] }).cdns).toMatchObject([
      { name: 'edge', state: 'measured' },
      { name: 'site', state: 'measured' },
    ]);
  });

  it('are given again for five minutes, each window its own', async () => {
    const { ask, asked, clock } = serve(MEASURED);
    await ask();
    clock.advance(299_000);
    await ask();
    expect(asked).toHaveLength(1);
    clock.advance(2_000);
    await ask();
    expect(asked).toHaveLength(2);
    await ask('?window=7d');
    expect(asked).toHaveLength(3);
  });

  it('are asked for again sooner where something was not told', async () => {
    const { ask, asked, clock } = serve({ kind: 'answered', answer: { cdns: [ROW] } });
    expect((await ask()).body).toMatchObject({ cdns: [{}, ROW] });
    clock.advance(31_000);
    await ask();
    expect(asked).toHaveLength(2);
  });

  it.each([
    [{ kind: 'failed', words: 'CDN_SECRETS is wrong' }, 'CDN_SECRETS is wrong'],
    [{ kind: 'unreachable' }, 'cannot be reached'],
    [{ kind: 'absent', sentence: 'Set FUNCTIONS_URL.' }, 'Set FUNCTIONS_URL.'],
  ] as const)('say of each CDN why it is not measured: %j', async (invoked, words) => {
    const { status, body } = await serve(invoked).ask();
    expect(status).toBe(200);
    expect(CDN_FIGURES().parse(body).cdns[1]).toEqual({
      ...{ name: 'site', vendor: null, state: 'unmeasured', reason: expect.stringContaining(words) },
    });
  });

  it('say why the edge’s own are missing, and need no function where there is no CDN', async () => {
    const lastDay = () => Promise.reject(new Error('Redis does not answer.'));
    const { ask, asked } = serve(MEASURED, { cdns: [], lastDay });
    const edge = { name: 'edge', vendor: 'headrace', state: 'unmeasured' };
    expect((await ask()).body).toMatchObject({ cdns: [{ ...edge, reason: 'Redis does not answer.' }] });
    expect((await ask('?window=30d')).body).toMatchObject({
      cdns: [{ ...edge, reason: expect.stringContaining('a day') }],
    });
    expect(asked).toEqual([]);
  });

  it('are refused for a window that there is not', async () => {
    expect(await serve(MEASURED).ask('?window=1y')).toMatchObject({
      status: 400,
      body: { code: 'PERFORMANCE_QUERY_INVALID', detail: expect.stringContaining('24h, 7d, 30d') },
    });
  });
});
