import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { alerts } from '../../../edge/api/alerts.ts';
import { ALERTS, QUIET_DONE } from '../../../shared/api/alerts.ts';
import { ALERT_RULES } from '../../../shared/monitoring/alerts/rules.ts';
import type { Span } from '../../../shared/monitoring/period.ts';
import { parseSamples, type Samples } from '../../../shared/monitoring/sample.ts';
import { createTestClock } from '../../fakes/clock.ts';

const START = 1_800_000_000_000;

function app(samplesAt: (at: number) => Readonly<Record<string, string>>) {
  const quiet: string[] = [];
  const spans: Span[] = [];
  const { list, quiet: keep } = alerts({
    clock: createTestClock(START + 30_000),
    keepQuiet: async reason => void quiet.push(reason),
    reader: {
      async read(span) {
        spans.push(span);
        const value = span.startsAt.map((at): Samples => parseSamples(Object.entries(samplesAt(at))));
        return { counts: 'all-isolates', reason: null, value };
      },
    },
  });
  return { quiet, spans, routes: new Hono().get('/', list).post('/quiet', keep) };
}

const ERRORS = { 'edge_requests_total{status="5xx"}': 'c300', 'edge_requests_total{status="2xx"}': 'c700' };

describe('GET alerts', () => {
  it('tells every rule and promise, those that are true first and the most urgent of them before', async () => {
    const { routes } = app(() => ERRORS);
    const response = await routes.request('/');
    const answer = ALERTS().parse(await response.json());
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(answer.alerts).toHaveLength(ALERT_RULES().length + 4);
    expect(
      answer.alerts
        .slice(0, answer.firing)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(
      [
        'availability-burn-fast',
        'availability-burn-medium',
        'server-errors',
        'server-errors-severe',
      ].toSorted(),
    );
    expect(answer.alerts[0]).toMatchObject({ state: 'firing', severity: 'page' });
    expect(answer.alerts.find(({ id }) => id === 'server-errors-severe')).toMatchObject({
      value: 30,
      threshold: 5,
      operator: '>',
      unit: 'percent',
    });
  });

  it('looks at minutes that are over, and at none that still grows', async () => {
    const { routes, spans } = app(() => ({}));
    const answer = ALERTS().parse(await (await routes.request('/')).json());
    expect(Math.max(...(spans[0]?.startsAt ?? []))).toBe(START - 60_000);
    expect(answer.alerts.filter(({ state }) => state === 'firing')).toEqual([]);
    expect(answer.alerts.find(({ id }) => id === 'p95-latency')).toMatchObject({
      state: 'unmeasured',
      value: null,
    });
  });

  it('calls quiet what a purge of everything explains', async () => {
    const cold = {
      'edge_requests_total{outcome="miss"}': 'c900',
      'edge_requests_total{outcome="hit"}': 'c100',
    };
    const { routes } = app(at => ({
      ...cold,
      ...(at === START - 120_000 && { 'edge_quiet_total{reason="purge"}': 'c1' }),
    }));
    const answer = ALERTS().parse(await (await routes.request('/')).json());
    expect(answer.isQuiet).toBe(true);
    expect(answer.alerts.find(({ id }) => id === 'hit-ratio-severe')).toMatchObject({
      state: 'quiet',
      value: 10,
    });
  });
});

describe('POST quiet', () => {
  it.each(['', '{}', '{"reason":"deployment"}'])(
    'of %j keeps alarms quiet for a quarter of an hour',
    async body => {
      const { routes, quiet } = app(() => ({}));
      const response = await routes.request('/quiet', { method: 'POST', body });
      expect(QUIET_DONE().parse(await response.json())).toEqual({ quietUntil: START + 30_000 + 900_000 });
      expect(quiet).toEqual(['deployment']);
    },
  );

  it.each(['{', '{"reason":"holiday"}', '{"minutes":5}'])('of %j is a problem', async body => {
    const { routes, quiet } = app(() => ({}));
    const response = await routes.request('/quiet', { method: 'POST', body });
    expect([response.status, ((await response.json()) as { code: string }).code, quiet]).toEqual([
      400,
      'ALERTS_INVALID',
      [],
    ]);
  });
});
