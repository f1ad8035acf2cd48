import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Edge } from '../../infra/local/edge/start.ts';
import { type Behaviour, raw } from '../fakes/origin.ts';
import { ask } from './ask.ts';
import { type Flow, startFlow } from './flow.ts';

const TIMEOUT_MS = 500;
/** What it would take if the setting were not heeded; the limit itself is tested beside a clock. */
const DEFAULT_TIMEOUT_MS = 10_000;
let flow: Flow;
let hasty: Edge;

beforeAll(async () => {
  flow = await startFlow();
  hasty = await flow.another({ ORIGIN_TIMEOUT_MS: String(TIMEOUT_MS) });
});
afterAll(() => flow.stop());

const OK = 'HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Type: text/plain\r\n';

/** One byte of a header section now and then, and never its end. */
const dripping: Behaviour = ({ socket }) => {
  socket.write(`${OK}X-Endless: `);
  const drip = setInterval(() => socket.write('x'), 50);
  socket.on('close', () => clearInterval(drip));
};

const NO_ANSWER: [string, Behaviour, number, string][] = [
  ['hangs', () => {}, 504, 'ORIGIN_TIMEOUT'],
  ['drips header bytes without end', dripping, 504, 'ORIGIN_TIMEOUT'],
  ['resets the connection', raw('', 'reset'), 502, 'ORIGIN_UNREACHABLE'],
  ['closes the connection', raw('', 'end'), 502, 'ORIGIN_UNREACHABLE'],
  ['breaks off in its headers', raw(OK, 'reset'), 502, 'ORIGIN_UNREACHABLE'],
  ['does not speak HTTP', raw('220 mail.example ESMTP\r\n'), 502, 'ORIGIN_UNREACHABLE'],
  [
    'declares two lengths',
    raw(`${OK}Content-Length: 4\r\nContent-Length: 8\r\n\r\npagepage`),
    502,
    'ORIGIN_UNREACHABLE',
  ],
  [
    'declares no length one can read',
    raw(`${OK}Content-Length: four\r\n\r\npage`),
    502,
    'ORIGIN_UNREACHABLE',
  ],
  [
    'sends an interim answer first',
    raw('HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'),
    502,
    'ORIGIN_ANSWER_INVALID',
  ],
  [
    'switches protocols unasked',
    raw('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
    502,
    'ORIGIN_ANSWER_INVALID',
  ],
];

describe.each(NO_ANSWER)('an origin that %s', (_, behaviour, status, code) => {
  /** Only who says nothing has to be given up on. */
  const asked = (path: string) => ask(status === 504 ? hasty.url : flow.url, path);

  test('is a problem, in time, and nothing of it is kept', async () => {
    const page = flow.origin.page(behaviour);
    const startedAt = performance.now();
    const reply = await asked(page.path);
    expect([reply.status, JSON.parse(reply.text).code]).toEqual([status, code]);
    expect(reply.headers['cache-control']).toBe('no-store');
    expect(performance.now() - startedAt).toBeLessThan(DEFAULT_TIMEOUT_MS);
    page.becomes({ body: 'well again' });
    expect((await asked(page.path)).text).toBe('well again');
  });

  test('is stood in for by what is stale, where that is allowed', async () => {
    const page = flow.origin.page({
      headers: { 'cache-control': 'max-age=60, stale-if-error=60', age: '60' },
      body: 'stale',
    });
    await asked(page.path);
    page.becomes(behaviour);
    const reply = await asked(page.path);
    expect([reply.status, reply.text]).toEqual([200, 'stale']);
    expect(reply.cacheStatus).toBe('fwd=stale; detail=stale-if-error');
  });

  test('is a problem where stale is forbidden', async () => {
    const page = flow.origin.page({
      headers: { 'cache-control': 'max-age=60, must-revalidate', age: '60', etag: '"v1"' },
      body: 'stale',
    });
    await asked(page.path);
    page.becomes(behaviour);
    expect((await asked(page.path)).status).toBe(status);
  });
});

describe('a body that is not what its headers say', () => {
  test.each(['gzip', 'br', 'zstd', 'deflate'])(
    'in no %s at all goes on byte for byte, the first time and from the cache',
    async coding => {
      const body = randomBytes(5_000);
      const page = flow.origin.page({
        headers: {
          'cache-control': 'max-age=60',
          'content-encoding': coding,
          'content-type': 'text/plain',
          'content-length': String(body.length),
        },
        body,
      });
      for (const outcome of ['fwd', 'hit']) {
        const reply = await flow.ask(page.path, { headers: { 'accept-encoding': 'gzip, br, zstd' } });
        expect([reply.status, reply.whole, reply.cacheStatus?.slice(0, 3)]).toEqual([200, true, outcome]);
        expect(reply.headers['content-encoding']).toBe(coding);
        expect(reply.body.equals(body)).toBe(true);
      }
    },
  );

  test('shorter than declared is not kept, and the client sees that it is cut', async () => {
    const page = flow.origin.page(raw(`${OK}Content-Length: 4000\r\n\r\n${'x'.repeat(2_000)}`));
    expect((await flow.ask(page.path)).whole).toBe(false);
    page.becomes({ body: 'whole' });
    expect((await flow.ask(page.path)).text).toBe('whole');
  });

  test('longer than declared ends where it said', async () => {
    // An edge of its own: workerd takes the rest for the next answer on the connection.
    const { url } = await flow.another();
    const page = flow.origin.page(raw(`${OK}Content-Length: 4\r\n\r\npageand more`));
    for (const _ of ['miss', 'hit']) expect((await ask(url, page.path)).text).toBe('page');
  });
});

describe('100 KB of headers', () => {
  const headers = (bytes: number) => ({ 'cache-control': 'max-age=60', 'x-large': 'x'.repeat(bytes) });

  test('reach the client or are a problem, and are never kept', async () => {
    const page = flow.origin.page({ headers: headers(100_000), body: 'page' });
    for (const _ of [1, 2]) {
      const reply = await flow.ask(page.path).catch(() => ({ status: 'more than the client takes' }));
      expect([200, 502, 'more than the client takes']).toContain(reply.status);
    }
    expect(page.asked).toHaveLength(2);
  });

  test('a few more than are kept go through', async () => {
    // Node's client takes 16 KB.
    const other = await startFlow({ config: { limits: { maxHeaderBytes: 4_000 } } });
    const page = other.origin.page({ headers: headers(5_000), body: 'page' });
    for (const _ of [1, 2])
      expect((await other.ask(page.path)).cacheStatus).toBe(
        'fwd=uri-miss; fwd-status=200; detail=header-size',
      );
    await other.stop();
  });

  test('from a client are refused', async () => {
    const page = flow.origin.page({ body: 'page' });
    const reply = await flow.ask(page.path, { headers: { 'x-large': 'x'.repeat(100_000) } });
    expect(reply.status).toBe(431);
    expect(page.asked).toHaveLength(0);
  });
});

test('the edge has no fault of its own in any of this', () => {
  expect(flow.printed()).not.toMatch(/EDGE_FAULT|Uncaught|TypeError/);
});
