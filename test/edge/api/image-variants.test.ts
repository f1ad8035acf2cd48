import { type ExecutionContext, Hono } from 'hono';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { imageVariants } from '../../../edge/api/image-variants.ts';
import type { AnswerImage } from '../../../edge/images/answer-image.ts';

const CONTEXT = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} };

let picture: Buffer;
beforeAll(async () => {
  picture = await sharp({ create: { width: 320, height: 200, channels: 3, background: 'teal' } })
    .webp()
    .toBuffer();
});

function making(answer?: AnswerImage) {
  const asked: string[] = [];
  const noted: AnswerImage = async (request, waitUntil, trust) => {
    asked.push(`${new URL(request.url).pathname} ${trust}`);
    return answer?.(request, waitUntil, trust) ?? pictureResponse();
  };
  const app = new Hono().post('/variants', imageVariants({ answer: () => noted, path: '/images' }));
  const post = (body: unknown) =>
    app.request(
      'https://shop.test/variants',
      { method: 'POST', body: JSON.stringify(body) },
      {},
      CONTEXT as ExecutionContext,
    );
  return { asked, post };
}

const pictureResponse = () =>
  new Response(new Uint8Array(picture), { headers: { 'content-type': 'image/webp' } });

test('each width is made in each format, and the manifest says what came of it', async () => {
  const { asked, post } = making();
  const response = await post({
    key: 'a b.jpg',
    widths: [320],
    formats: ['avif', 'webp'],
    options: 'fit=cover,height=200',
  });
  expect(asked.toSorted()).toEqual([
    '/images/width=320,height=200,fit=cover,format=avif/a%20b.jpg signed',
    '/images/width=320,height=200,fit=cover,format=webp/a%20b.jpg signed',
  ]);
  const manifest = (await response.json()) as {
    variants: object[];
    srcset: Record<string, string>;
    failed: object[];
  };
  expect(manifest.variants).toHaveLength(2);
  expect(manifest.variants[1]).toEqual({
    url: '/images/width=320,height=200,fit=cover,format=webp/a%20b.jpg',
    format: 'webp',
    width: 320,
    height: 200,
    bytes: picture.byteLength,
    contentType: 'image/webp',
  });
  expect(manifest.srcset.webp).toBe('/images/width=320,height=200,fit=cover,format=webp/a%20b.jpg 320w');
  expect(manifest.failed).toEqual([]);
});

test('what cannot be made is listed with its code and keeps none of the others', async () => {
  const { post } = making(async request =>
    request.url.includes('avif')
      ? Response.json({ code: 'IMAGE_TOO_SLOW' }, { status: 422 })
      : pictureResponse(),
  );
  const response = await post({ key: 'a.jpg', widths: [320], formats: ['avif', 'webp'] });
  const { variants, failed } = (await response.json()) as { variants: object[]; failed: { code: string }[] };
  expect([response.status, variants.length, failed.map(({ code }) => code)]).toEqual([
    200,
    1,
    ['IMAGE_TOO_SLOW'],
  ]);
});

test('none at all is a problem that says why', async () => {
  const { post } = making(async () => Response.json({ code: 'IMAGE_SOURCE_MISSING' }, { status: 404 }));
  const response = await post({ key: 'gone.jpg', widths: [320] });
  const { code, detail } = (await response.json()) as { code: string; detail: string };
  expect([response.status, code]).toEqual([422, 'IMAGE_VARIANTS_NONE']);
  expect(detail).toContain('IMAGE_SOURCE_MISSING');
});

test.each<[string, unknown]>([
  ['key', { widths: [320] }],
  ['key', { key: '', widths: [320] }],
  ['key', { key: '../a.jpg', widths: [320] }],
  ['widths', { key: 'a.jpg', widths: [] }],
  ['widths[0]', { key: 'a.jpg', widths: [0] }],
  ['widths[0]', { key: 'a.jpg', widths: [1e9] }],
  ['widths[0]', { key: 'a.jpg', widths: ['abc'] }],
  ['formats[0]', { key: 'a.jpg', widths: [320], formats: ['bmp'] }],
  ['options', { key: 'a.jpg', widths: [320], options: 'width=3' }],
  ['options', { key: 'a.jpg', widths: [320], options: 'blur=x' }],
  ['at most 40 variants', { key: 'a.jpg', widths: Array.from({ length: 14 }, (_, at) => at + 1) }],
  ['JSON', undefined],
])('a body that is wrong about %s is refused before anything is made', async (words, body) => {
  const { asked, post } = making();
  const response = await post(body);
  const { code, detail } = (await response.json()) as { code: string; detail: string };
  expect([response.status, code]).toEqual([400, 'IMAGE_VARIANTS_INVALID']);
  expect(detail).toContain(words);
  expect(asked).toEqual([]);
});
