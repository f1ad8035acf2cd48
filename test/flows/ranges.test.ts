import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../eventually.ts';
import { begin, readReply } from './ask.ts';
import { type Flow, startFlow } from './flow.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const MODIFIED = 'Sun, 06 Nov 1994 08:49:37 GMT';
const MiB = 1024 * 1024;
let flow: Flow;

beforeAll(async () => {
  flow = await startFlow();
});
afterAll(() => flow.stop());

const FIELDS = {
  'cache-control': 'max-age=60',
  'content-type': 'text/plain',
  etag: '"v1"',
  'last-modified': MODIFIED,
};

const LENGTH = { 'content-length': '26' };

/** An origin that knows ranges, as file servers do. */
const letters = (headers = {}) =>
  flow.origin.page((request, response) => {
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    if (first === undefined)
      return response.writeHead(200, { ...FIELDS, ...LENGTH, ...headers }).end(LETTERS);
    const range = `bytes ${first}-${last}/${LETTERS.length}`;
    response.writeHead(206, { ...FIELDS, ...headers, 'content-range': range });
    return response.end(LETTERS.slice(Number(first), Number(last) + 1));
  });

const stored = async (headers = {}) => {
  const page = letters(headers);
  await flow.ask(page.path);
  return page;
};
const ranged = (range: string, headers = {}) => ({ headers: { range, ...headers } });

describe('of a stored whole', () => {
  test.each([
    ['bytes=2-4', 'cde', 'bytes 2-4/26'],
    ['bytes=23-', 'xyz', 'bytes 23-25/26'],
    ['bytes=-2', 'yz', 'bytes 24-25/26'],
    ['bytes=0-', LETTERS, 'bytes 0-25/26'],
    ['bytes=20-99', 'uvwxyz', 'bytes 20-25/26'],
    ['bytes=0-0, 1-2', 'abc', 'bytes 0-2/26'],
  ])('%s is cut here', async (range, part, contentRange) => {
    const page = await stored();
    const reply = await flow.ask(page.path, ranged(range));
    expect([reply.status, reply.text, reply.headers['content-range']]).toEqual([206, part, contentRange]);
    expect(reply.headers).toMatchObject({ etag: '"v1"', 'content-length': String(part.length) });
    expect(reply.cacheStatus).toMatch(/^hit/);
    expect(page.asked).toHaveLength(1);
  });

  test('several parts that lie far apart come as one multipart', async () => {
    const page = flow.origin.page({ headers: FIELDS, body: LETTERS + '.'.repeat(1000) + LETTERS });
    await flow.ask(page.path);
    const reply = await flow.ask(page.path, ranged('bytes=0-1, -2'));
    const [, boundary] =
      /^multipart\/byteranges; boundary=(\S+)$/.exec(reply.headers['content-type'] ?? '') ?? [];
    expect(reply.status).toBe(206);
    expect(reply.text.split(`\r\n--${boundary}`).map(part => part.split('\r\n\r\n')[1])).toEqual([
      undefined,
      'ab',
      'yz',
      undefined,
    ]);
  });

  test('past the end is 416, and says how much there is', async () => {
    const page = await stored();
    const reply = await flow.ask(page.path, ranged('bytes=26-'));
    expect([reply.status, reply.headers['content-range'], reply.text]).toEqual([416, 'bytes */26', '']);
    expect((await flow.ask(page.path)).text).toBe(LETTERS);
  });

  test.each(['bytes=4-2', 'bytes=a-b', 'lines=1-2', 'bytes', 'bytes=0-1,x'])(
    '%s is no range: the whole is the answer',
    async range => {
      expect(await flow.ask((await stored()).path, ranged(range))).toMatchObject({
        status: 200,
        text: LETTERS,
      });
    },
  );

  test('is not cut for HEAD, nor out of an error', async () => {
    const page = await stored();
    const head = await flow.ask(page.path, { method: 'HEAD', ...ranged('bytes=2-4') });
    expect([head.status, head.headers['content-length'], head.headers['content-range']]).toEqual([
      200,
      '26',
      undefined,
    ]);
    const gone = flow.origin.page({ status: 404, headers: { 'cache-control': 'max-age=60' }, body: LETTERS });
    await flow.ask(gone.path);
    expect(await flow.ask(gone.path, ranged('bytes=2-4'))).toMatchObject({ status: 404, text: LETTERS });
  });

  test('a condition that holds hides the range', async () => {
    const page = await stored();
    const same = await flow.ask(page.path, ranged('bytes=99-', { 'if-none-match': '"v1"' }));
    expect([same.status, same.headers['content-range']]).toEqual([304, undefined]);
    const other = await flow.ask(page.path, ranged('bytes=2-4', { 'if-none-match': '"v2"' }));
    expect([other.status, other.text]).toEqual([206, 'cde']);
  });
});

describe('If-Range', () => {
  test.each([
    ['the same tag', '"v1"', {}, 206],
    ['another tag', '"v2"', {}, 200],
    ['a weak tag of the client', 'W/"v1"', {}, 200],
    ['a weak tag of the origin', 'W/"v1"', { etag: 'W/"v1"' }, 200],
    ['the same date', MODIFIED, {}, 206],
    ['another date', 'Sun, 06 Nov 1994 08:49:38 GMT', {}, 200],
    ['no validator at all', 'v1', {}, 200],
  ])('with %s', async (_, validator, headers, status) => {
    const page = await stored(headers);
    const reply = await flow.ask(page.path, ranged('bytes=2-4', { 'if-range': validator }));
    expect([reply.status, reply.text]).toEqual([status, status === 206 ? 'cde' : LETTERS]);
  });
});

describe('of what is not stored', () => {
  test('is the origin’s to answer, and its part is never stored', async () => {
    const page = letters();
    const reply = await flow.ask(page.path, ranged('bytes=2-4', { 'if-range': '"v1"' }));
    expect([reply.status, reply.text, reply.cacheStatus]).toEqual([206, 'cde', 'fwd=bypass; detail=range']);
    expect(page.asked[0]?.headers).toMatchObject({ range: 'bytes=2-4', 'if-range': '"v1"' });
    expect(await flow.ask(page.path)).toMatchObject({ status: 200, text: LETTERS });
  });

  test('all of it, from the first byte on, is asked for and stored as the whole', async () => {
    const page = letters();
    const reply = await flow.ask(page.path, ranged('bytes=0-'));
    expect([reply.status, reply.text, reply.headers['content-range']]).toEqual([
      206,
      LETTERS,
      'bytes 0-25/26',
    ]);
    expect(page.asked[0]?.headers.range).toBeUndefined();
    await eventually(async () => expect((await flow.ask(page.path)).cacheStatus).toMatch(/^hit/));
    expect(page.asked).toHaveLength(1);
  });

  test('is not asked for under only-if-cached', async () => {
    const page = letters();
    const reply = await flow.ask(page.path, ranged('bytes=2-4', { 'cache-control': 'only-if-cached' }));
    expect([reply.status, page.asked]).toEqual([504, []]);
  });

  test('an origin that sends a part unasked has it stored nowhere', async () => {
    const page = flow.origin.page({
      status: 206,
      headers: { 'cache-control': 'max-age=60', 'content-range': 'bytes 0-1/26' },
      body: 'ab',
    });
    await flow.ask(page.path);
    expect((await flow.ask(page.path)).cacheStatus).toContain('fwd=uri-miss');
  });
});

test('of a body whose length nobody knows yet is answered by the whole', async () => {
  const page = flow.origin.page({ headers: { 'cache-control': 'max-age=60' }, body: LETTERS });
  expect(await flow.ask(page.path, ranged('bytes=0-'))).toMatchObject({ status: 200, text: LETTERS });
});

describe('of what is stale', () => {
  const stale = { 'cache-control': 'max-age=60', age: '60' };

  test('is cut out of what a 304 confirmed', async () => {
    const page = await stored(stale);
    page.becomes({ status: 304, headers: { etag: '"v1"', 'cache-control': 'max-age=60' } });
    const reply = await flow.ask(page.path, ranged('bytes=2-4'));
    expect([reply.status, reply.text, reply.cacheStatus]).toEqual([
      206,
      'cde',
      'fwd=stale; fwd-status=304; stored',
    ]);
    expect(page.asked[1]?.headers).not.toHaveProperty('range');
  });

  test.each([
    ['bytes=2-4', 206, 'CDE', 'bytes 2-4/26'],
    ['bytes=-2', 206, 'YZ', 'bytes 24-25/26'],
    ['bytes=26-', 416, '', 'bytes */26'],
    ['bytes=0-0, -1', 206, LETTERS.toUpperCase(), 'bytes 0-25/26'],
  ])('%s is cut out of the new whole on its way', async (range, status, text, contentRange) => {
    const page = await stored(stale);
    page.becomes({ headers: { 'cache-control': 'max-age=60', ...LENGTH }, body: LETTERS.toUpperCase() });
    const reply = await flow.ask(page.path, ranged(range));
    expect([reply.status, reply.text, reply.headers['content-range']]).toEqual([status, text, contentRange]);
    await eventually(async () => expect((await flow.ask(page.path)).text).toBe(LETTERS.toUpperCase()));
    expect(page.asked).toHaveLength(2);
  });
});

test('a few bytes of a large file cost the origin a few bytes', async () => {
  let sent = 0;
  const page = flow.origin.page(({ headers }, response) => {
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? [];
    const size = first === undefined ? 20 * MiB : Number(last) - Number(first) + 1;
    sent += size;
    const range = { 'content-range': `bytes ${first}-${last}/${20 * MiB}` };
    response.writeHead(first === undefined ? 200 : 206, { 'cache-control': 'max-age=60', ...range });
    response.end(Buffer.alloc(size, 'x'));
  });
  expect((await flow.ask(page.path, ranged('bytes=1000-1099'))).body).toHaveLength(100);
  expect(sent).toBe(100);
});

test('a player that asks for everything and leaves keeps nobody waiting', async () => {
  const page = flow.origin.page({
    headers: { 'cache-control': 'max-age=60', 'content-length': String(3 * MiB) },
    body: 'y'.repeat(3 * MiB),
  });
  const response = await begin(flow.url, page.path, ranged('bytes=0-'));
  expect([response.statusCode, response.headers['content-range']]).toEqual([
    206,
    `bytes 0-${3 * MiB - 1}/${3 * MiB}`,
  ]);
  response.destroy();
  const next = await readReply(await begin(flow.url, page.path));
  expect([next.status, next.body.length]).toEqual([200, 3 * MiB]);
});

test('of a page in a coding of Headrace’s own is cut out of the coded bytes, under their own tag', async () => {
  const body = 'much the same text, again and again. '.repeat(200);
  const page = flow.origin.page({ headers: FIELDS, body });
  const gzip = { 'accept-encoding': 'gzip' };
  await flow.ask(page.path, { headers: gzip });
  const whole = await flow.ask(page.path, { headers: gzip });
  const part = await flow.ask(page.path, ranged('bytes=0-9', gzip));
  expect([part.status, part.headers['content-range']]).toEqual([206, `bytes 0-9/${whole.body.length}`]);
  expect(part.body).toEqual(whole.body.subarray(0, 10));
  expect(part.headers).toMatchObject({ 'content-encoding': 'gzip', etag: whole.headers.etag });
  expect(whole.headers.etag).not.toBe('"v1"');
  // Whoever has begun with the origin's own bytes gets all of these, and does not put both together.
  const resumed = await flow.ask(page.path, ranged('bytes=10-', { ...gzip, 'if-range': '"v1"' }));
  expect([resumed.status, resumed.body.length]).toEqual([200, whole.body.length]);
});
