import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SendUpstream, UpstreamRequest } from '../../../../edge/adapters/upstream.ts';
import { fetchOrigin } from '../../../../edge/proxy/origin/fetch-origin.ts';
import { cacheable, passing, planOf } from '../../exchange.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Answer = Response | Error | 'hang';

function originOf(...answers: Answer[]) {
  const asked: UpstreamRequest[] = [];
  const send: SendUpstream = request => {
    asked.push(request);
    const answer = answers[asked.length - 1] ?? 'hang';
    if (answer === 'hang')
      return new Promise((_, reject) =>
        request.signal.addEventListener('abort', () => reject(new Error('aborted'))),
      );
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  let now = 1_000;
  const clock = () => {
    now += 10;
    return now;
  };
  return { asked, deps: { send, clock, createPipe: () => new TransformStream() } };
}

const plan = planOf({}, { ORIGIN_TIMEOUT_MS: '500' });
const get = cacheable({ path: '/a?b=1' }, plan);
const post = () => passing({ method: 'POST', body: 'text', headers: { 'content-length': '4' } }, plan);
/** Interim and impossible answers cannot be constructed, only received. */
const answering = (status: number, more = {}) =>
  ({ status, headers: new Headers(), body: null, ...more }) as Response;

test('hands back status, fields and both instants, the body still to be read', async () => {
  const response = new Response('body', { status: 203, headers: { ETag: '"a"' } });
  const { asked, deps } = originOf(response);
  const answer = await fetchOrigin(get, [['accept', 'x']], deps);
  expect(answer).toMatchObject({ kind: 'answer', status: 203, requestedAt: 1_010, receivedAt: 1_020 });
  expect(answer.kind === 'answer' && answer.fields).toContainEqual(['etag', '"a"']);
  expect(response.bodyUsed).toBe(false);
  expect(asked[0]).toMatchObject({ method: 'GET', target: '/a?b=1', clientHost: 'shop.example', body: null });
  expect(asked[0]?.headers.get('accept')).toBe('x');
});

describe('a failure', () => {
  test('of a GET is tried once more', async () => {
    const { asked, deps } = originOf(new Error('reset'), new Response('ok'));
    expect(await fetchOrigin(get, [], deps)).toMatchObject({ kind: 'answer', status: 200 });
    expect(asked).toHaveLength(2);
  });

  test('twice is unreachable', async () => {
    const { asked, deps } = originOf(new Error('reset'), new Error('reset'));
    expect(await fetchOrigin(get, [], deps)).toEqual({ kind: 'failure', why: 'unreachable' });
    expect(asked).toHaveLength(2);
  });

  test('of a POST is not tried again: it may have done its work', async () => {
    const { asked, deps } = originOf(new Error('reset'), new Response('ok'));
    expect(await fetchOrigin(post(), [], deps)).toEqual({ kind: 'failure', why: 'unreachable' });
    expect(asked).toHaveLength(1);
  });

  test('to answer in time is a timeout, both tries together', async () => {
    const { asked, deps } = originOf(new Error('reset'), 'hang');
    const outcome = fetchOrigin(get, [], deps);
    await vi.advanceTimersByTimeAsync(500);
    expect(await outcome).toEqual({ kind: 'failure', why: 'timeout' });
    expect(asked).toHaveLength(2);
  });
});

test.each([103, 199, 600, 999])('an answer of %i is invalid and not asked for again', async status => {
  const { asked, deps } = originOf(answering(status));
  expect(await fetchOrigin(get, [], deps)).toEqual({ kind: 'failure', why: 'invalid' });
  expect(asked).toHaveLength(1);
});

test('101 is an answer when it brings a WebSocket', async () => {
  const { deps } = originOf(answering(101, { webSocket: {} }));
  expect(await fetchOrigin(get, [], deps)).toMatchObject({ kind: 'answer', status: 101 });
});

test('leaves no timer behind', async () => {
  await fetchOrigin(get, [], originOf(new Response('ok')).deps);
  expect(vi.getTimerCount()).toBe(0);
});

test('a POST takes its body along', async () => {
  const { asked, deps } = originOf(new Response('ok'));
  await fetchOrigin(post(), [], deps);
  vi.useRealTimers();
  expect(await new Response(asked[0]?.body).text()).toBe('text');
});
