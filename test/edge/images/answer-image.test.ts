import { expect, test } from 'vitest';
import { createAnswerImage } from '../../../edge/images/answer-image.ts';
import type { ConfigInput } from '../../../shared/config/config.ts';
import type { Environment } from '../../../shared/config/settings.ts';
import { signedImageUrl } from '../../../shared/images/url/image-url.ts';
import { planOf } from '../exchange.ts';

const AVIF = 'image/avif,image/webp,*/*;q=0.8';
const KEY = 'k'.repeat(32);
const AT = 1_700_000_000_000;

function answering(images: ConfigInput['images'] = {}, environment: Environment = {}) {
  const asked: Request[] = [];
  const plan = planOf({ images }, environment);
  const answer = createAnswerImage({
    images: plan.images,
    clock: () => AT,
    ask: request => {
      asked.push(request);
      return new Response('picture', { headers: { 'content-type': 'image/avif' } });
    },
  });
  const get = (path: string, init: RequestInit = {}) =>
    answer(new Request(`https://shop.test${path}`, init), () => undefined);
  const pathsAsked = () => asked.map(({ url }) => new URL(url).pathname);
  return { answer, asked, get, pathsAsked };
}

test('however a URL is written, equal pictures are asked for by one path', async () => {
  const { get, pathsAsked } = answering();
  const headers = { accept: AVIF };
  await get('/images/format=auto,width=640/a/b.jpg', { headers });
  await get('/images/width=640,format=auto/a/b.jpg?utm_source=x', { headers });
  await get('/images/a/b.jpg?width=640&format=auto', { headers });
  expect(new Set(pathsAsked()).size).toBe(1);
  expect(pathsAsked()[0]).toMatch(/^\/images\/width=640,format=avif,quality=\d+\/a\/b\.jpg$/);
});

test('Accept comes down to a format, and the answer says that it counted', async () => {
  const { get, asked } = answering();
  const negotiated = await get('/images/width=640/a.jpg', { headers: { accept: 'image/webp' } });
  const named = await get('/images/width=640,format=png/a.jpg', { headers: { accept: AVIF } });
  expect(negotiated.headers.get('vary')).toBe('Accept');
  expect(named.headers.get('vary')).toBeNull();
  expect(asked.map(({ url }) => /format=(\w+)/.exec(url)?.[1])).toEqual(['webp', 'png']);
});

test('of what a client sends only its conditions and ranges go on, and who is asking for whom', async () => {
  const { get, asked } = answering();
  await get('/images/width=640/a.jpg', {
    headers: {
      accept: AVIF,
      cookie: 'session=1',
      authorization: 'Bearer x',
      'cache-control': 'no-cache',
      'x-forwarded-host': 'evil.test',
      'if-none-match': '"1"',
      range: 'bytes=0-1',
      'x-request-id': 'r-1',
    },
  });
  expect([...(asked[0]?.headers.keys() ?? [])].toSorted()).toEqual([
    'if-none-match',
    'range',
    'x-request-id',
  ]);
});

test.each([
  ['/images/width=0/a.jpg', 400, 'IMAGE_OPTION_INVALID'],
  ['/images/width=-5/a.jpg', 400, 'IMAGE_OPTION_INVALID'],
  ['/images/width=abc/a.jpg', 400, 'IMAGE_OPTION_INVALID'],
  ['/images/speed=1/a.jpg', 400, 'IMAGE_OPTION_UNKNOWN'],
  ['/images/width=640/', 400, 'IMAGE_KEY_INVALID'],
  ['/images/width=640/a/..%2Fb.jpg', 400, 'IMAGE_KEY_INVALID'],
  ['/images/width=640/http%3A%2F%2Fevil.test%2Fa.jpg', 403, 'IMAGE_SOURCE_REFUSED'],
])('%s is refused at the edge, and the function never hears of it', async (path, status, code) => {
  const { get, asked } = answering();
  const refused = await get(path);
  expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([status, code]);
  expect(asked).toEqual([]);
});

test('a method that changes something is refused', async () => {
  const { get, asked } = answering();
  const refused = await get('/images/width=640/a.jpg', { method: 'POST', body: 'x' });
  expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  expect(asked).toEqual([]);
});

test('where there are keys a URL needs a signature, except for the operator himself', async () => {
  const { get, answer, asked, pathsAsked } = answering({}, { IMAGE_SIGNING_KEYS: KEY });
  const path = '/images/width=640,format=auto/a.jpg';
  expect((await get(path)).status).toBe(403);
  expect(asked).toEqual([]);
  const signed = await signedImageUrl('a.jpg', { width: 640, format: 'auto' }, { keys: [KEY] });
  expect((await get(signed)).status).toBe(200);
  const own = await answer(new Request(`https://shop.test${path}`), () => undefined, 'signed');
  expect(own.status).toBe(200);
  expect(new Set(pathsAsked()).size).toBe(1);
});

test('with a base of its own, images are below it', async () => {
  const { get, pathsAsked } = answering({}, { HEADRACE_BASE: '/perf' });
  expect((await get('/perf/images/width=640,format=png/a.jpg')).status).toBe(200);
  expect((await get('/images/width=640,format=png/a.jpg')).status).toBe(400);
  expect(pathsAsked()).toEqual(['/perf/images/width=640,format=png/a.jpg']);
});
