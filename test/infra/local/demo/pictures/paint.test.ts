import sharp from 'sharp';
import { expect, test } from 'vitest';
import { paintProduct } from '../../../../../infra/local/demo/pictures/paint.ts';

test('paints a photograph’s size in JPEG, the same each time and another for each product', async () => {
  const [first, again, other] = await Promise.all([paintProduct(1), paintProduct(1), paintProduct(2)]);
  expect(await sharp(first).metadata()).toMatchObject({ format: 'jpeg', width: 1200, height: 900 });
  expect(first.equals(again)).toBe(true);
  expect(first.equals(other)).toBe(false);
});
