import { expect, it } from 'vitest';
import * as images from '../../../shared/images/public.ts';

it('names what applications may use, and nothing else', () => {
  expect(Object.keys(images).toSorted()).toEqual([
    'generateResponsiveImages',
    'imageUrl',
    'picture',
    'pictureHtml',
    'signedImageUrl',
    'sizes',
    'srcset',
    'unpic',
  ]);
  expect(Object.keys(images.unpic).toSorted()).toEqual(['extract', 'generate', 'transform']);
});
