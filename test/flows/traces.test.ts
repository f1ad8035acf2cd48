/**
 * A request's trace and name, on their way through the edge: to the origin, to the log, and never to another client.
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../eventually.ts';
import { type Flow, startFlow } from './flow.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const TRACEPARENT = `00-${TRACE}-00f067aa0ba902b7-01`;

let flow: Flow;
beforeAll(async () => {
  flow = await startFlow({ config: { metrics: { logShare: 0 } } });
});
afterAll(() => flow.stop());

const cached = (headers: Record<string, string> = {}) =>
  flow.origin.page({ headers: { 'cache-control': 'max-age=60', ...headers }, body: 'page' });

describe('at the origin', () => {
  test.each(['GET', 'POST'])('a %s goes on in the client’s trace, under a part of our own', async method => {
    const page = cached();
    await flow.ask(page.path, { method, headers: { traceparent: TRACEPARENT, tracestate: 'a=1, b=2' } });
    const [asked] = page.asked;
    expect(asked?.headers.traceparent).toMatch(
      new RegExp(`^00-${TRACE}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$`),
    );
    // Its words are the client's, and the answer to a GET is for everyone.
    expect(asked?.headers.tracestate).toBe(method === 'GET' ? undefined : 'a=1,b=2');
  });

  test.each(['GET', 'POST'])('a %s whose trace is wrong goes on in a new one', async method => {
    const page = cached();
    await flow.ask(page.path, { method, headers: { traceparent: `${TRACEPARENT}-more`, tracestate: 'a=1' } });
    const [asked] = page.asked;
    expect(asked?.headers.traceparent).toMatch(/^00-(?!4bf92f35)[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    expect(asked?.headers.tracestate).toBeUndefined();
  });
});

describe('in the cache', () => {
  test('a trace makes no variant, and none is kept of an answer', async () => {
    const page = cached({
      traceresponse: `00-${TRACE}-${'1'.repeat(16)}-01`,
      traceparent: TRACEPARENT,
      tracestate: 'o=1',
    });
    await flow.ask(page.path, { headers: { traceparent: TRACEPARENT, tracestate: 'a=1' } });
    const again = await flow.ask(page.path, { headers: { traceparent: TRACEPARENT.replace('4bf', '5bf') } });
    expect(again.cacheStatus).toMatch(/^hit/);
    expect(page.asked).toHaveLength(1);
    for (const name of ['traceparent', 'tracestate', 'traceresponse'])
      expect(again.headers[name]).toBeUndefined();
  });

  test('the trace of a 304 is its own client’s alone', async () => {
    const page = flow.origin.page({ headers: { 'cache-control': 'max-age=0', etag: '"1"' }, body: 'page' });
    await flow.ask(page.path);
    page.becomes({
      status: 304,
      headers: { etag: '"1"', traceresponse: `00-${TRACE}-${'1'.repeat(16)}-01`, 'x-new': '1' },
    });
    const confirmed = await flow.ask(page.path);
    expect(confirmed.headers['x-new']).toBe('1');
    expect(confirmed.headers.traceresponse).toBeUndefined();
  });
});

describe('the name of a request', () => {
  test('is echoed to who gave it, from the cache too, and to nobody else', async () => {
    const page = cached();
    for (const id of ['first', 'second'])
      expect((await flow.ask(page.path, { headers: { 'x-request-id': id } })).headers['x-request-id']).toBe(
        id,
      );
    expect((await flow.ask(page.path)).headers['x-request-id']).toBeUndefined();
    expect(
      (await flow.ask(page.path, { headers: { 'x-request-id': 'two words' } })).headers['x-request-id'],
    ).toBeUndefined();
  });

  test('stands in the log with the trace, and what is secret does not', async () => {
    const page = flow.origin.page({ status: 503 });
    await flow.ask(`${page.path}?token=secret`, {
      headers: {
        traceparent: TRACEPARENT,
        'x-request-id': 'mine-7',
        cookie: 'c=secret',
        authorization: 'Bearer secret',
      },
    });
    const line = await eventually(async () => {
      const found = flow
        .printed()
        .split('\n')
        .find(text => text.includes('mine-7'));
      if (!found) throw new Error('not printed yet');
      return found;
    });
    expect(JSON.parse(line)).toMatchObject({
      kind: 'request',
      why: 'error',
      requestId: 'mine-7',
      traceId: TRACE,
      parentId: '00f067aa0ba902b7',
      path: page.path,
      status: 503,
    });
    expect(line).not.toContain('secret');
    expect(page.asked[0]?.headers.traceparent).toContain(JSON.parse(line).spanId);
  });
});
