import { expect, it } from 'vitest';
import { sizes, srcset } from '../../../../shared/images/url/srcset.ts';

it('offers a candidate a width, in the proportions that were asked for', () => {
  const options = { width: 400, height: 300, fit: 'cover', format: 'webp' } as const;
  expect(srcset('a.jpg', { widths: [320, 640], options })).toBe(
    '/images/width=320,height=240,fit=cover,format=webp/a.jpg 320w, ' +
      '/images/width=640,height=480,fit=cover,format=webp/a.jpg 640w',
  );
});

it('offers a candidate a density', () => {
  expect(srcset('a.jpg', { densities: [1, 2], options: { width: 100 } })).toBe(
    '/images/width=100,dpr=1,format=auto/a.jpg 1x, /images/width=100,dpr=2,format=auto/a.jpg 2x',
  );
});

it('offers the ladder by itself', () => {
  const widths = srcset('a.jpg')
    .split(', ')
    .map(candidate => candidate.split(' ')[1]);
  expect(widths.at(0)).toBe('320w');
  expect(widths.at(-1)).toBe('3840w');
});

it('writes sizes in their order', () => {
  expect(sizes([['(min-width: 60em)', '50vw']], '100vw')).toBe('(min-width: 60em) 50vw, 100vw');
});
