import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Edge } from '../../infra/local/edge/start.ts';
import { type LocalRedis, startRedis } from '../../infra/local/redis/start.ts';
import { eventually } from '../eventually.ts';
import { gated } from '../fakes/gate.ts';
import { type Behaviour, type Page, raw } from '../fakes/origin.ts';
import { arrived, repliesOf } from './arrived.ts';
import { begin, type Question, type Reply, readReply, type Sent, send } from './ask.ts';
import { type Flow, startFlow } from './flow.ts';

let flow: Flow;
/** An edge that soon has enough of an origin; the other one waits for as long as a test may take. */
let hasty: Edge;

beforeAll(async () => {
  flow = await startFlow({ variables: { ORIGIN_TIMEOUT_MS: '15000' } });
  hasty = await flow.another({ ORIGIN_TIMEOUT_MS: '1000' });
});
afterAll(() => flow.stop());

const answer =
  (headers: Record<string, string>, body = 'page', status = 200): Behaviour =>
  (_, response) =>
    response.writeHead(status, headers).end(body);

const many = (count: number, page: Page, question?: Question, edge = flow.url): Sent[] =>
  Array.from({ length: count }, () => send(edge, page.path, question));

/** All of them have arrived, and one of them waits for the origin. */
async function waiting(asking: readonly Sent[], page: Page, asked = 1): Promise<void> {
  await eventually(() => expect(page.asked).toHaveLength(asked));
  await arrived(asking, flow);
}

const collapsed = (replies: readonly Reply[]) =>
  replies.filter(({ cacheStatus }) => cacheStatus?.includes('; collapsed')).length;

describe('many who ask for one page at the same time', () => {
  test('200 misses are one request to the origin, and everyone has the page', async () => {
    const body = 'x'.repeat(20_000);
    const gate = gated(answer({ 'cache-control': 'max-age=60', 'content-type': 'text/plain' }, body));
    const page = flow.origin.page(gate.behaviour);
    const asking = many(200, page);
    await waiting(asking, page);
    gate.open();
    const replies = await repliesOf(asking);
    expect(page.asked).toHaveLength(1);
    expect(replies.every(({ status, text, whole }) => status === 200 && text === body && whole)).toBe(true);
    expect(collapsed(replies)).toBe(199);
    expect(replies.find(({ cacheStatus }) => cacheStatus?.includes('collapsed'))?.cacheStatus).toBe(
      'fwd=uri-miss; collapsed',
    );
  });

  test.each([
    ['a 304', 304, 'old'],
    ['a new page', 200, 'new'],
  ])('find it expired, ask once, and all get what %s says', async (_, status, text) => {
    const headers = { etag: '"v1"', 'cache-control': 'max-age=60' };
    const page = flow.origin.page({ headers: { ...headers, age: '60' }, body: 'old' });
    await flow.ask(page.path);
    const gate = gated(answer(headers, status === 200 ? 'new' : '', status));
    page.becomes(gate.behaviour);
    const asking = many(50, page);
    await waiting(asking, page, 2);
    gate.open();
    const replies = await repliesOf(asking);
    expect(page.asked).toHaveLength(2);
    expect(new Set(replies.map(reply => `${reply.status} ${reply.text}`))).toEqual(new Set([`200 ${text}`]));
    expect(collapsed(replies)).toBe(49);
  });

  test('a HEAD among them waits too', async () => {
    const gate = gated(answer({ 'cache-control': 'max-age=60', 'content-length': '4' }));
    const page = flow.origin.page(gate.behaviour);
    const asking = many(1, page);
    await waiting(asking, page);
    const head = send(flow.url, page.path, { method: 'HEAD' });
    await arrived([head], flow);
    gate.open();
    await repliesOf(asking);
    expect(await head.reply).toMatchObject({ status: 200, text: '', cacheStatus: 'fwd=uri-miss; collapsed' });
    expect(page.asked).toHaveLength(1);
  });

  test('all get it, though the first one leaves', async () => {
    const gate = gated(answer({ 'cache-control': 'max-age=60' }));
    const page = flow.origin.page(gate.behaviour);
    const leaver = new AbortController();
    const left = fetch(flow.url + page.path, { signal: leaver.signal }).catch(() => 'left');
    await waiting([], page);
    const asking = many(20, page);
    await arrived(asking, flow);
    leaver.abort();
    expect(await left).toBe('left');
    await arrived([], flow);
    gate.open();
    const replies = await repliesOf(asking);
    expect(new Set(replies.map(({ text }) => text))).toEqual(new Set(['page']));
    expect(page.asked).toHaveLength(1);
  });

  test('do not keep the first one from getting its bytes as they come', async () => {
    let finish = () => {};
    const page = flow.origin.page((_, response) => {
      response.writeHead(200, { 'cache-control': 'max-age=60' }).write('first ');
      finish = () => response.end('last');
    });
    const leading = await begin(flow.url, page.path);
    const first = await new Promise(resolve => leading.once('data', chunk => resolve(String(chunk))));
    expect(first).toBe('first ');
    const following = send(flow.url, page.path);
    await arrived([following], flow);
    finish();
    leading.resume();
    expect((await following.reply).text).toBe('first last');
    expect(page.asked).toHaveLength(1);
  });
});

test('many who ask for one search find its answer under the name that it gave itself', async () => {
  const gate = gated(answer({ 'cache-control': 'max-age=60', 'no-vary-search': 'params=("tracking")' }));
  const page = flow.origin.page(gate.behaviour);
  const asking = Array.from({ length: 20 }, () => send(flow.url, `${page.path}?q=1&tracking=2`));
  await waiting(asking, page);
  gate.open();
  const replies = await repliesOf(asking);
  expect(page.asked).toHaveLength(1);
  expect(collapsed(replies)).toBe(19);
});

describe('what is not for everyone is nobody else’s', () => {
  const once = (headers: Record<string, string>): Behaviour => {
    let n = 0;
    return (_, response) => response.writeHead(200, headers).end(`answer ${++n}`);
  };

  test.each([
    ['Set-Cookie', { 'cache-control': 'public, max-age=60', 'set-cookie': 'sid=1' }],
    ['private', { 'cache-control': 'private, max-age=60' }],
    ['no-store', { 'cache-control': 'no-store' }],
    ['Vary: *', { 'cache-control': 'max-age=60', vary: '*' }],
  ])('with %s each asks for itself', async (_, headers) => {
    const gate = gated(once(headers));
    const page = flow.origin.page(gate.behaviour);
    const asking = many(10, page);
    await waiting(asking, page);
    expect(page.asked).toHaveLength(1);
    gate.open();
    const replies = await repliesOf(asking);
    expect(new Set(replies.map(({ text }) => text)).size).toBe(10);
    expect(page.asked).toHaveLength(10);
    expect(collapsed(replies)).toBe(0);
  });

  test.each([
    ['was not kept', { 'cache-control': 'no-store' }],
    ['everyone has to ask for again', { 'cache-control': 'no-cache', etag: '"v1"' }],
  ])('an answer that %s is remembered: the next ones do not queue', async (_, headers) => {
    const page = flow.origin.page(answer(headers));
    await flow.ask(page.path);
    const gate = gated(answer(headers));
    page.becomes(gate.behaviour);
    const asking = many(5, page);
    await eventually(() => expect(page.asked).toHaveLength(6));
    gate.open();
    await repliesOf(asking);
  });

  test('someone with credentials neither leads nor misleads the others', async () => {
    const gate = gated((request, response) =>
      response
        .writeHead(200, { 'cache-control': 'max-age=60' })
        .end(String(request.headers.authorization ?? 'everyone')),
    );
    const page = flow.origin.page(gate.behaviour);
    const own = flow.ask(page.path, { headers: { authorization: 'Bearer a' } });
    await waiting([], page);
    const others = many(5, page);
    await waiting(others, page, 2);
    gate.open();
    expect((await own).text).toBe('Bearer a');
    expect(new Set((await repliesOf(others)).map(({ text }) => text))).toEqual(new Set(['everyone']));
    expect(page.asked).toHaveLength(2);
  });

  test('who turns out to want another variant gets that one, asked for once per variant', async () => {
    const gate = gated((request, response) =>
      response
        .writeHead(200, { 'cache-control': 'max-age=60', vary: 'accept-language' })
        .end(request.headers['accept-language']),
    );
    const page = flow.origin.page(gate.behaviour);
    const ask = (language: string) => send(flow.url, page.path, { headers: { 'accept-language': language } });
    const asking = [ask('de')];
    await waiting(asking, page);
    asking.push(
      ...Array.from({ length: 10 }, () => ask('de')),
      ...Array.from({ length: 10 }, () => ask('fr')),
    );
    await arrived(asking, flow);
    gate.open();
    const texts = (await repliesOf(asking)).map(({ text }) => text);
    expect(texts).toEqual([...Array(11).fill('de'), ...Array(10).fill('fr')]);
    // The very first one found out that the page varies.
    expect(page.asked.map(({ headers }) => headers['accept-language'])).toEqual([undefined, 'de', 'fr']);
  });
});

describe('an origin in trouble', () => {
  test('is asked once, and its silence is everyone’s', async () => {
    const page = flow.origin.page(() => {});
    const replies = await repliesOf(many(30, page, {}, hasty.url));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([504]));
    // Who had waited for the one and then for the origin would have asked it.
    expect(page.asked).toHaveLength(1);
  });

  test('that resets is asked twice by the one, not by each', async () => {
    const gate = gated(raw('', 'reset'));
    const page = flow.origin.page(gate.behaviour);
    const asking = many(30, page);
    await waiting(asking, page);
    gate.open();
    expect(new Set((await repliesOf(asking)).map(({ status }) => status))).toEqual(new Set([502]));
    expect(page.asked).toHaveLength(2);
  });

  test('is asked once where something stale stands in for it', async () => {
    const page = flow.origin.page({
      headers: { 'cache-control': 'max-age=60, stale-if-error=60', age: '60', etag: '"v1"' },
      body: 'old',
    });
    await flow.ask(page.path);
    const gate = gated(answer({}, 'down', 503));
    page.becomes(gate.behaviour);
    const asking = many(30, page);
    await waiting(asking, page, 2);
    gate.open();
    expect(new Set((await repliesOf(asking)).map(({ text }) => text))).toEqual(new Set(['old']));
    expect(page.asked).toHaveLength(2);
  });

  test('whose body breaks off gives nobody half of it from the cache', async () => {
    let n = 0;
    const gate = gated((request, response) => {
      if (n++ > 0) return answer({ 'cache-control': 'max-age=60' }, 'whole')(request, response);
      return raw('HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 9\r\n\r\nhalf', 'reset')(
        request,
        response,
      );
    });
    const page = flow.origin.page(gate.behaviour);
    const leading = flow.ask(page.path);
    await waiting([], page);
    const following = many(5, page);
    await arrived(following, flow);
    gate.open();
    expect((await leading).whole).toBe(false);
    expect(new Set((await repliesOf(following)).map(({ text }) => text))).toEqual(new Set(['whole']));
  });

  test('that is slow in the middle of a body keeps the others waiting only so long', async () => {
    // Drips until somebody else has lost patience with it.
    const page: Page = flow.origin.page((_, response) => {
      response.writeHead(200, { 'cache-control': 'max-age=60' }).write('slow');
      const drip = setInterval(() => (page.asked.length < 2 ? response.write('.') : response.end()), 50);
      response.on('close', () => clearInterval(drip));
    });
    const leading = await begin(hasty.url, page.path);
    const following = await begin(hasty.url, page.path);
    expect(page.asked).toHaveLength(2);
    const replies = await Promise.all([readReply(leading), readReply(following)]);
    expect(replies.map(({ text, whole }) => [text.replace(/[.]+$/, ''), whole])).toEqual([
      ['slow', true],
      ['slow', true],
    ]);
  });
});

describe('with Redis behind', () => {
  let redis: LocalRedis;
  let shared: Flow;

  beforeAll(async () => {
    redis = await startRedis();
    shared = await startFlow({
      config: { levels: { l2: { tagsTtl: '0s' } } },
      variables: { UPSTASH_REDIS_REST_URL: redis.url, UPSTASH_REDIS_REST_TOKEN: redis.token },
    });
  });
  afterAll(async () => {
    await shared.stop();
    await redis.stop();
  });

  test('200 misses are one request to the origin, however late Redis answers each', async () => {
    const page = shared.origin.page(answer({ 'cache-control': 'max-age=60' }));
    const replies = await repliesOf(many(200, page, {}, shared.url));
    expect(replies.every(({ status, text }) => status === 200 && text === 'page')).toBe(true);
    expect(page.asked).toHaveLength(1);
  });

  test('who asks after a purge is not given what was loaded before it', async () => {
    const gate = gated(answer({ 'cache-control': 'max-age=60' }, 'old'));
    const page = shared.origin.page(gate.behaviour);
    const leading = shared.ask(page.path);
    await waiting([], page);
    await shared.purge({ urls: [`http://${new URL(shared.url).host}${page.path}`] });
    const following = send(shared.url, page.path);
    await arrived([following], shared);
    page.becomes(answer({ 'cache-control': 'max-age=60' }, 'new'));
    gate.open();
    expect((await leading).text).toBe('old');
    expect((await following.reply).text).toBe('new');
  });
});
