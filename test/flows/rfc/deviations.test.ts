/**
 * The deviations that can be seen from outside, each in all profiles: seen where the list says so, and only there.
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { raw } from '../../fakes/origin.ts';
import { type DeviationId, KNOWN_DEVIATIONS } from '../../known-deviations.ts';
import { sendRaw } from '../ask.ts';
import { type Flow, startFlow } from '../flow.ts';

const FRESH = { 'cache-control': 'max-age=3600' };
const OLD = new Date(Date.now() - 86_400_000 * 30).toUTCString();

/** True where Headrace departs from the rule. */
const OBSERVED: Record<DeviationId, (flow: Flow) => Promise<boolean>> = {
  'set-cookie': flow => notReused(flow, { headers: { ...FRESH, 'set-cookie': 'a=1' } }),
  'error-lifetime': async flow => {
    const page = flow.origin.page({ status: 404, headers: FRESH });
    await flow.ask(page.path);
    const [, ttl] = /ttl=(-?\d+)/.exec((await flow.ask(page.path)).cacheStatus ?? '') ?? [];
    return Number(ttl) <= 10;
  },
  'provoked-errors': flow => notReused(flow, { status: 405, headers: FRESH }),
  'heuristic-errors': flow => notReused(flow, { status: 404, headers: { 'last-modified': OLD } }),
  'stale-directives': async flow => {
    const directives = 'max-age=3600, must-revalidate, stale-while-revalidate=3600';
    return !(await notReused(flow, { headers: { 'cache-control': directives, age: '3601', etag: '"a"' } }));
  },
  cookies: flow => notReused(flow, { headers: FRESH }, { cookie: 'a=1' }),
  'unknown-headers': flow => notReused(flow, { headers: FRESH }, { 'x-strange': '1' }),
  'json-apart': async flow => {
    const page = flow.origin.page({ headers: FRESH });
    await flow.ask(page.path, { headers: { accept: 'application/json' } });
    return !(await flow.ask(page.path, { headers: { accept: '*/*' } })).cacheStatus?.startsWith('hit');
  },
  'quiet-headers': async flow => (await sent(flow, { 'user-agent': 'me' }))['user-agent'] === undefined,
  'own-directives': async flow =>
    (await sent(flow, { 'cache-control': 'evil' }))['cache-control'] === undefined,
  'others-via': async flow => (await sent(flow, { via: '1.1 other' })).via === '1.1 headrace',
  'ranges-of-misses': flow =>
    notReused(
      flow,
      { status: 206, headers: { ...FRESH, 'content-range': 'bytes 0-0/1' } },
      { range: 'bytes=0-0' },
    ),
  'conditions-of-misses': async flow =>
    (await sent(flow, { 'if-none-match': '"a"' }))['if-none-match'] === undefined,
  'weak-confirmation': async flow => {
    const confirmed = { 'cache-control': 'max-age=3600, must-revalidate' };
    const page = flow.origin.page({ headers: { ...confirmed, age: '3600', etag: 'W/"a"' }, body: 'page' });
    await flow.ask(page.path);
    page.becomes({ status: 304, headers: { ...confirmed, etag: '"a"' } });
    await flow.ask(page.path);
    return page.asked.length === 2;
  },
  'date-confirmation': async flow => {
    const confirmed = { 'cache-control': 'max-age=3600, must-revalidate' };
    const page = flow.origin.page({
      headers: { ...confirmed, age: '3600', 'last-modified': OLD },
      body: 'page',
    });
    await flow.ask(page.path);
    page.becomes({ status: 304, headers: { ...confirmed, 'last-modified': new Date().toUTCString() } });
    const { status } = await flow.ask(page.path);
    return status === 200 && page.asked.length === 2;
  },
  'age-from-date': async flow => !(await notReused(flow, { headers: { ...FRESH, date: OLD } })),
  interim: async flow => {
    const early = 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n';
    const page = flow.origin.page(raw(`${early}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok`));
    return (await flow.ask(page.path)).status === 502;
  },
  'dot-segments': async flow => {
    const page = flow.origin.page({ headers: FRESH });
    await sendRaw(flow.url, `GET /a/../.${page.path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    return page.asked.length === 1;
  },
  'cache-methods': async flow => {
    const page = flow.origin.page({ headers: FRESH });
    await flow.ask(page.path);
    await flow.ask(page.path, { method: 'PURGE' });
    return (await flow.ask(page.path)).cacheStatus?.startsWith('hit') === true;
  },
  'unknown-methods': async flow => {
    const answer = await sendRaw(flow.url, 'M-SEARCH / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    return answer.startsWith('HTTP/1.1 501');
  },
  'status-above-599': async flow => {
    const page = flow.origin.page(raw('HTTP/1.1 999 Odd\r\nContent-Length: 2\r\n\r\nok'));
    return (await flow.ask(page.path)).status === 502;
  },
};

async function notReused(
  flow: Flow,
  answer: { status?: number; headers: Record<string, string> },
  headers: Record<string, string> = {},
): Promise<boolean> {
  const page = flow.origin.page(answer);
  await flow.ask(page.path, { headers });
  return !(await flow.ask(page.path, { headers })).cacheStatus?.startsWith('hit');
}

async function sent(flow: Flow, headers: Record<string, string>) {
  const page = flow.origin.page({ headers: FRESH });
  await flow.ask(page.path, { headers });
  return page.asked[0]?.headers ?? {};
}

describe.each(['safe', 'strict', 'static'] as const)('%s', profile => {
  let flow: Flow;
  beforeAll(async () => {
    flow = await startFlow({ variables: { HEADRACE_PROFILE: profile } });
  });
  afterAll(() => flow.stop());

  test.each(Object.keys(OBSERVED) as DeviationId[])('%s', async id => {
    const profiles: readonly string[] = KNOWN_DEVIATIONS[id].profiles;
    expect(await OBSERVED[id](flow)).toBe(profiles.includes(profile));
  });
});
