import { expect, it } from 'vitest';
import { imagesOf } from '../../infra/images-of.ts';
import { parseConfig } from '../../shared/config/config.ts';

it('tells the function what a person wrote about images, and the path the edge asks under', () => {
  const parsed = parseConfig({ images: { quality: 60, limits: { maxFrames: 10 } } });
  if (!parsed.ok) throw new Error(parsed.sentence);
  expect(imagesOf(parsed.config, { base: '/edge' })).toEqual({
    path: '/edge/images',
    quality: 60,
    limits: { maxFrames: 10 },
  });
});
