import { expect, it } from 'vitest';
import { generateResponsiveImages } from '../../../../shared/images/responsive/responsive-images.ts';

/** A source of 500 × 250, as a server would answer. */
function make(url: string) {
  const asked = Number(/width=(\d+)/.exec(url)?.[1]);
  const width = Math.min(asked, 500);
  const format = /format=(\w+)/.exec(url)?.[1];
  if (format === 'avif') return Promise.resolve({ ok: false, code: 'IMAGE_TOO_SLOW' } as const);
  return Promise.resolve({
    ok: true,
    width,
    height: width / 2,
    bytes: width * 10,
    contentType: 'image/webp',
  } as const);
}

it('makes each width in each format and says how to use them', async () => {
  const steps: string[] = [];
  const manifest = await generateResponsiveImages('photos/a.jpg', [320, 640, 1280], {
    make,
    formats: ['webp', 'avif'],
    onProgress: (done, total) => void steps.push(`${done}/${total}`),
  });
  expect(steps).toEqual(['1/6', '2/6', '3/6', '4/6', '5/6', '6/6']);
  expect(manifest.variants.map(({ url, width, bytes }) => [url, width, bytes])).toEqual([
    ['/images/width=320,format=webp/photos/a.jpg', 320, 3200],
    ['/images/width=640,format=webp/photos/a.jpg', 500, 5000],
    ['/images/width=1280,format=webp/photos/a.jpg', 500, 5000],
  ]);
  expect(manifest.failed).toHaveLength(3);
  expect(manifest.failed[0]).toEqual({
    url: '/images/width=320,format=avif/photos/a.jpg',
    code: 'IMAGE_TOO_SLOW',
  });
});

it('names each width once, by what really came out', async () => {
  const { srcset } = await generateResponsiveImages('a.jpg', [320, 640, 1280], { make, formats: ['webp'] });
  expect(srcset).toEqual({
    webp: '/images/width=320,format=webp/a.jpg 320w, /images/width=640,format=webp/a.jpg 500w',
  });
});
