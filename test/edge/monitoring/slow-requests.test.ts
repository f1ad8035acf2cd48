import { expect, test } from 'vitest';
import { createSlowRequests, parseSlowRequest } from '../../../edge/monitoring/slow-requests.ts';
import { createTraces } from '../../../edge/monitoring/traces.ts';
import { asking, HIT } from './answers.ts';

const traces = createTraces({ randomHex: bytes => 'ab'.repeat(bytes), random: () => 1, sampledShare: 0 });
const slow = { ...HIT, outcome: 'miss', totalMs: 1_000, originMs: 990 } as const;

test('what takes as long as that is kept until it is taken, without its query', () => {
  const requests = createSlowRequests(traces, 1_000);
  requests.note({ ...HIT, totalMs: 999 }, asking());
  requests.note(slow, asking());
  const [note = '', ...more] = requests.take();
  expect(more).toEqual([]);
  expect(note).not.toContain('secret');
  expect(parseSlowRequest(note)).toEqual({
    at: HIT.startedAt,
    method: 'GET',
    path: '/products/7',
    route: '/products/:id',
    status: 200,
    outcome: 'miss',
    totalMs: 1_000,
    originMs: 990,
    requestId: 'ab'.repeat(16),
  });
  expect(requests.take()).toEqual([]);
});

test('of many the latest ten are kept, however long their paths', () => {
  const requests = createSlowRequests(traces, 0);
  for (let n = 0; n < 1_000; n++)
    requests.note({ ...slow, startedAt: n }, asking(`http://h/${'x'.repeat(5_000)}`));
  const taken = requests.take();
  expect(taken.map(note => parseSlowRequest(note)?.at)).toEqual([
    990, 991, 992, 993, 994, 995, 996, 997, 998, 999,
  ]);
  expect(taken.join('').length).toBeLessThan(6_000);
});

test.each(['', 'null', '{}', '[1]', '{"at":"x"}', '{"at":1,"totalMs":1,"status":200}'])(
  '%j is none',
  text => {
    expect(parseSlowRequest(text)).toBeUndefined();
  },
);
