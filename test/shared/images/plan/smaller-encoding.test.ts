import { expect, it } from 'vitest';
import type { Encoding } from '../../../../shared/images/plan/plan.ts';
import { smallerEncoding } from '../../../../shared/images/plan/smaller-encoding.ts';

const webp = (quality: number): Encoding => ({ format: 'webp', quality, effort: 4 });

it('lowers the quality by as much as the picture is too large', () => {
  expect(smallerEncoding(webp(80), 2, 1)).toEqual(webp(36));
  expect(smallerEncoding(webp(80), 1.01, 1)).toEqual(webp(64));
  expect(smallerEncoding(webp(80), 100, 1)).toEqual(webp(24));
});

it('reduces the colours of a PNG', () => {
  expect(smallerEncoding({ format: 'png' }, 2, 1)).toEqual({ format: 'png', colours: 256 });
  expect(smallerEncoding({ format: 'png', colours: 256 }, 2, 2)).toEqual({ format: 'png', colours: 64 });
});

it('gives up after six attempts, at the bottom, and where there is no quality', () => {
  expect(smallerEncoding(webp(80), 2, 7)).toBeUndefined();
  expect(smallerEncoding(webp(5), 2, 1)).toBeUndefined();
  expect(smallerEncoding({ format: 'gif' }, 2, 1)).toBeUndefined();
});
