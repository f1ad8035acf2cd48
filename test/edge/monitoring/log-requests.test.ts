import { describe, expect, test } from 'vitest';
import { createRequestLog, requestIdIn } from '../../../edge/monitoring/log-requests.ts';
import { createTraces } from '../../../edge/monitoring/traces.ts';
import type { Answered } from '../../../edge/proxy/answered.ts';
import { asking, HIT } from './answers.ts';

const SECRETS = { cookie: 'session=secret', authorization: 'Bearer secret', 'x-request-id': 'request-7' };

function logged(
  answer: Partial<Answered>,
  { random = 0.5, headers = SECRETS as Record<string, string>, traced = false } = {},
) {
  const lines: string[] = [];
  const chance = () => random;
  const traces = createTraces({ randomHex: bytes => 'ab'.repeat(bytes), random: chance, sampledShare: 0.01 });
  const log = createRequestLog(
    { write: line => lines.push(line), random: chance, traces },
    { slowMs: 1_000, share: 0.01 },
  );
  const request = asking(undefined, headers);
  if (traced) traces.of(request.request);
  log({ ...HIT, ...answer }, request);
  return lines;
}

const lineOf = (...given: Parameters<typeof logged>) => JSON.parse(logged(...given)[0] ?? '{}');

describe('a line is written', () => {
  test.each<[string, Partial<Answered>]>([
    ['error', { status: 500 }],
    ['error', { status: 504, outcome: 'error' }],
    ['slow', { totalMs: 1_000 }],
  ])('%s: for each', (why, answer) => {
    expect(lineOf(answer)).toMatchObject({ kind: 'request', why });
  });

  test('sampled: for a share of the others', () => {
    expect(lineOf({}, { random: 0.009 })).toMatchObject({ why: 'sampled' });
    expect(logged({}, { random: 0.01 })).toEqual([]);
  });

  test('not for who asked for what is cached only, and nothing was', () => {
    expect(logged({ status: 504, outcome: 'refused' })).toEqual([]);
  });

  test('for each trace that began here as sampled: its origin was told so', () => {
    expect(lineOf({}, { random: 0.001, headers: {}, traced: true })).toMatchObject({ why: 'sampled' });
  });
});

describe('the line', () => {
  test('tells what became of the request, by its name and its trace', () => {
    expect(lineOf({ status: 503, outcome: 'miss', level: undefined, originMs: 40 })).toEqual({
      kind: 'request',
      why: 'error',
      at: HIT.startedAt,
      requestId: 'request-7',
      traceId: 'ab'.repeat(16),
      spanId: 'ab'.repeat(8),
      method: 'GET',
      host: 'shop.example',
      path: '/products/7',
      route: '/products/:id',
      status: 503,
      outcome: 'miss',
      totalMs: 1,
      lookupMs: 0,
      originMs: 40,
      bodyBytes: 1_000,
    });
  });

  test('has neither query nor cookie nor token, and is one line whatever was asked for', () => {
    const [line = ''] = logged({ status: 500, method: `M${'x'.repeat(500)}\n` });
    expect(line).not.toMatch(/secret|\n/);
    expect(line.length).toBeLessThan(1_000);
  });

  test('names who caused it where the trace came from elsewhere', () => {
    const traceparent = `00-${'4b'.repeat(16)}-${'0f'.repeat(8)}-00`;
    expect(lineOf({ status: 500 }, { headers: { traceparent } })).toMatchObject({
      traceId: '4b'.repeat(16),
      parentId: '0f'.repeat(8),
    });
  });
});

test('a request without a name of its own is called by its trace', () => {
  const traces = createTraces({ randomHex: bytes => 'cd'.repeat(bytes), random: () => 0, sampledShare: 0 });
  expect(requestIdIn(asking(undefined, { 'x-request-id': 'not a name' }), traces)).toBe('cd'.repeat(16));
});
