import { expect, it } from 'vitest';
import { picture, pictureHtml } from '../../../../shared/images/url/picture.ts';

it('has a source a format, and an image for everybody', () => {
  const { sources, img } = picture('a.jpg', {
    alt: 'A hill',
    widths: [320],
    options: { width: 640, height: 480 },
  });
  expect(sources).toEqual([
    { type: 'image/avif', srcset: '/images/width=320,height=240,format=avif/a.jpg 320w', sizes: '100vw' },
    { type: 'image/webp', srcset: '/images/width=320,height=240,format=webp/a.jpg 320w', sizes: '100vw' },
  ]);
  expect(img).toMatchObject({
    src: '/images/width=640,height=480,format=legacy/a.jpg',
    width: '640',
    height: '480',
    alt: 'A hill',
    loading: 'lazy',
  });
});

it('is written as HTML that no text can break', () => {
  const html = pictureHtml('a.jpg', { alt: '"><script>&', widths: [320], formats: ['webp'] });
  expect(html).toContain('alt="&#34;&#62;&#60;script&#62;&#38;"');
  expect(html).toMatch(/^<picture><source type="image\/webp" [^<]+><img [^<]+><\/picture>$/);
});
