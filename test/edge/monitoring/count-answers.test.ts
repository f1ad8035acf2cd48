import { describe, expect, test } from 'vitest';
import { createAnswerCounter, MOST_ROUTES } from '../../../edge/monitoring/count-answers.ts';
import type { Answered } from '../../../edge/proxy/answered.ts';
import { createRegistry } from '../../../shared/monitoring/registry.ts';
import { parseSeries } from '../../../shared/monitoring/series.ts';
import { HIT } from './answers.ts';

function counted(answers: readonly Partial<Answered>[], rules = ['/products/:id', '/*']) {
  const registry = createRegistry();
  const count = createAnswerCounter(registry, rules);
  for (const answer of answers) count({ ...HIT, ...answer });
  return registry.take();
}

test('a hit is counted with what it took and what it sent', () => {
  const route = '/products/:id';
  expect(Object.fromEntries(counted([{}, { totalMs: 3 }]))).toEqual({
    [`edge_requests_total{level="memory",method="GET",outcome="hit",route="${route}",status="2xx"}`]: 'c2',
    [`edge_request_duration_seconds{route="${route}",served="cache"}`]:
      expect.stringMatching(/^t4000,\d+:1,\d+:1$/),
    'edge_response_bytes_total{served="cache"}': 'c2000',
  });
});

test('what the cache would have done is counted beside what was done', () => {
  const looking = { outcome: 'pass', level: undefined, route: '/*' } as const;
  const series = counted([
    { ...looking, observed: 'hit' },
    { ...looking, observed: 'hit' },
    { ...looking, observed: 'revalidate' },
    looking,
  ]);
  const text = (outcome: string) => series.get(`edge_observed_total{outcome="${outcome}",route="/*"}`);
  expect([text('hit'), text('revalidated'), text('miss')]).toEqual(['c2', 'c1', undefined]);
  expect(
    series.get('edge_requests_total{level="none",method="GET",outcome="pass",route="/*",status="2xx"}'),
  ).toBe('c4');
});

describe('labels', () => {
  const labelsOf = (answer: Partial<Answered>) =>
    [...counted([answer]).keys()].map(parseSeries).find(({ name }) => name === 'edge_requests_total')?.labels;

  test.each<[Partial<Answered>, object]>([
    [{ method: 'HEAD' }, { method: 'HEAD' }],
    [{ method: 'BREW' }, { method: 'other' }],
    [{ status: 304 }, { status: '3xx' }],
    [{ status: 599 }, { status: '5xx' }],
    [{ status: 101 }, { status: 'other' }],
    [{ level: 'L2' }, { level: 'redis' }],
    [
      { outcome: 'miss', level: undefined },
      { outcome: 'miss', level: 'none' },
    ],
    [{ route: undefined }, { route: 'other' }],
    [{ route: '/made/up' }, { route: 'other' }],
  ])('%j', (answer, labels) => {
    expect(labelsOf(answer)).toMatchObject(labels);
  });

  test('are those of the first twelve routes; the others are together', () => {
    const rules = Array.from({ length: 30 }, (_, n) => `/r${n}`);
    const series = [
      ...counted(
        rules.map(route => ({ route })),
        rules,
      ).keys(),
    ].map(parseSeries);
    const routes = series
      .filter(({ name }) => name === 'edge_requests_total')
      .map(({ labels }) => labels.route);
    expect(new Set(routes)).toEqual(new Set([...rules.slice(0, MOST_ROUTES), 'other']));
  });
});

test('10,000 methods, paths and hosts make no more series than there are words for them', () => {
  const statuses = [200, 301, 404, 503, 101];
  const outcomes = ['hit', 'miss', 'pass', 'error', 'refused', 'coalesced', 'stale'] as const;
  const attack = Array.from({ length: 10_000 }, (_, n) => ({
    method: `METHOD${n}`,
    route: `/path/${n}`,
    status: statuses[n % 5] ?? 200,
    outcome: outcomes[n % 7] ?? 'miss',
  }));
  const taken = counted(attack);
  expect(taken.size).toBeLessThanOrEqual(5 * 7 + 3 + 5 + 5);
  const requests = [...taken].filter(([series]) => series.startsWith('edge_requests_total'));
  expect(requests.reduce((sum, [, text]) => sum + Number(text.slice(1)), 0)).toBe(10_000);
});

test('bytes: from the cache, from the origin, unknown, or Headrace’s own', () => {
  const taken = counted([
    { outcome: 'revalidated', bodyBytes: 5 },
    { outcome: 'miss', bodyBytes: 7 },
    { outcome: 'miss', bodyBytes: undefined },
    { outcome: 'error', bodyBytes: undefined },
    { outcome: 'refused', status: 421, bodyBytes: 9 },
  ]);
  expect(taken.get('edge_response_bytes_total{served="cache"}')).toBe('c5');
  expect(taken.get('edge_response_bytes_total{served="origin"}')).toBe('c7');
  expect(taken.get('edge_responses_unsized_total')).toBe('c1');
});

test.each([
  [400, 'target'],
  [421, 'host'],
  [431, 'header-size'],
  [504, 'only-if-cached'],
  [508, 'loop'],
  [418, 'other'],
])('a refusal with %i is told as %s', (status, reason) => {
  expect(counted([{ outcome: 'refused', status }]).get(`edge_rejects_total{reason="${reason}"}`)).toBe('c1');
});
