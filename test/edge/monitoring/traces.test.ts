import { expect, test } from 'vitest';
import type { UpstreamRequest } from '../../../edge/adapters/upstream.ts';
import { createTraces, traceOrigins } from '../../../edge/monitoring/traces.ts';

const PARENT = `00-${'4b'.repeat(16)}-${'0f'.repeat(8)}-01`;

function tracesWith(random = 0.5) {
  let made = 0;
  return createTraces({
    randomHex: bytes => String(++made).padStart(bytes * 2, '0'),
    random: () => random,
    sampledShare: 0.1,
  });
}

const asked = (headers: Record<string, string> = {}) => new Request('http://h/', { headers });

async function sentFor(request: Request | undefined, headers: Record<string, string> = {}, method = 'POST') {
  const sent: Headers[] = [];
  const send = traceOrigins(async ({ headers }) => {
    sent.push(headers);
    return new Response();
  }, tracesWith());
  const onBehalfOf = request && { onBehalfOf: { request, isBehind: false } };
  await send({ ...onBehalfOf, method, headers: new Headers(headers) } as UpstreamRequest);
  return Object.fromEntries(sent[0] ?? []);
}

test('a request has one trace, made when it is asked for', () => {
  const traces = tracesWith();
  const request = asked();
  expect(traces.known(request)).toBeUndefined();
  const trace = traces.of(request);
  expect([traces.of(request), traces.known(request)]).toEqual([trace, trace]);
  expect(traces.of(asked()).traceId).not.toBe(trace.traceId);
});

test('one that begins here is sampled by chance, one that came keeps its flag', () => {
  expect(tracesWith(0.05).of(asked()).isSampled).toBe(true);
  expect(tracesWith(0.5).of(asked()).isSampled).toBe(false);
  expect(tracesWith(0.5).of(asked({ traceparent: PARENT })).isSampled).toBe(true);
});

test('the origin is asked in the client’s trace, under our own part of it', async () => {
  const sent = await sentFor(asked({ traceparent: PARENT, tracestate: 'a=1' }), {
    accept: '*/*',
    traceparent: PARENT,
  });
  expect(sent).toEqual({
    accept: '*/*',
    traceparent: `00-${'4b'.repeat(16)}-${'1'.padStart(16, '0')}-01`,
    tracestate: 'a=1',
  });
});

test.each(['GET', 'HEAD'])('its state is not sent with %s, whose answer others may get', async method => {
  const sent = await sentFor(
    asked({ traceparent: PARENT, tracestate: 'a=<script>' }),
    { tracestate: 'a=1' },
    method,
  );
  expect(Object.keys(sent)).toEqual(['traceparent']);
});

test('what is wrong does not reach it', async () => {
  const sent = await sentFor(asked({ traceparent: 'nonsense', tracestate: 'a=1' }), {
    traceparent: 'nonsense',
    tracestate: 'a=1',
  });
  expect(sent).toEqual({ traceparent: `00-${'1'.padStart(32, '0')}-${'2'.padStart(16, '0')}-00` });
});

test('what the edge asks for itself is in nobody’s trace', async () => {
  expect(await sentFor(undefined)).toEqual({});
});
