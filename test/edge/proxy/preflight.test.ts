import { describe, expect, test } from 'vitest';
import type { UpstreamRequest } from '../../../edge/adapters/upstream.ts';
import { createRecordingRoom } from '../../../edge/proxy/keeping/recording-room.ts';
import { answerPreflight, preflightOf } from '../../../edge/proxy/preflight.ts';
import type { Stored } from '../../../edge/proxy/stored.ts';
import { createLevels } from '../../../shared/cache/levels.ts';
import { createMemoryStore } from '../../../shared/cache/memory-store.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { passing, planOf } from '../exchange.ts';

const QUESTION = { origin: 'https://a.example', 'access-control-request-method': 'PUT' };
const exchangeOf = (headers: Record<string, string> = QUESTION, cors = true) =>
  passing({ path: '/api', method: 'OPTIONS', headers }, planOf({ routes: [{ match: '/*', cors }] }));

function edge(answer: () => Response) {
  const clock = createTestClock();
  const asked: UpstreamRequest[] = [];
  const memory = createMemoryStore<Stored>({ maxBytes: 1e6, maxEntries: 10, clock });
  const deps = {
    cache: createLevels<Stored>({ memory, onEvent: () => undefined }),
    send: async (request: UpstreamRequest) => {
      asked.push(request);
      return answer();
    },
    clock,
    createPipe: () => new TransformStream<Uint8Array, Uint8Array>(),
    room: createRecordingRoom(1e6, clock),
  };
  const ask = async (exchange = exchangeOf()) => {
    const behind: Promise<unknown>[] = [];
    const preflight = preflightOf(exchange) ?? expect.fail();
    const waitUntil = (work: Promise<unknown>) => void behind.push(work);
    const response = await answerPreflight({ exchange, preflight, waitUntil }, deps);
    const text = await response.text();
    await Promise.all(behind);
    return { text, headers: response.headers };
  };
  return { ask, asked, clock };
}

const allowing = (headers: Record<string, string> = {}) =>
  new Response('ok', {
    headers: { 'access-control-allow-origin': '*', 'access-control-max-age': '60', ...headers },
  });

test('what is left of the time is told, and then it is over', async () => {
  const { ask, asked, clock } = edge(() => allowing());
  await ask();
  clock.advance(45_500);
  const { text, headers } = await ask();
  expect([text, headers.get('access-control-max-age'), headers.get('age')]).toEqual(['ok', '15', '45']);
  clock.advance(14_500);
  await ask();
  expect(asked).toHaveLength(2);
});

test('without a time of its own it is kept for as long as browsers do', async () => {
  const answer = () => new Response(null, { headers: { 'access-control-allow-origin': '*' } });
  const { ask, asked, clock } = edge(answer);
  await ask();
  clock.advance(4_999);
  expect((await ask()).headers.get('access-control-max-age')).toBeNull();
  clock.advance(1);
  await ask();
  expect(asked).toHaveLength(2);
});

test('a failing origin is told, and not kept', async () => {
  const { ask, asked } = edge(() => {
    throw new Error('refused');
  });
  expect((await ask()).headers.get('cache-status')).toContain('fwd=uri-miss');
  await ask();
  expect(asked.length).toBeGreaterThan(1);
});

describe('a preflight is', () => {
  test('a question without credentials on a route that is answered by Origin', () => {
    expect(preflightOf(exchangeOf())).toEqual({ origin: 'https://a.example', method: 'PUT', headers: [] });
    expect(preflightOf(exchangeOf(QUESTION, false))).toBeUndefined();
    expect(preflightOf(exchangeOf({ ...QUESTION, cookie: 'a=1' }))).toBeUndefined();
    expect(preflightOf(exchangeOf({ ...QUESTION, authorization: 'x' }))).toBeUndefined();
  });
});
