import { expect, test } from 'vitest';
import { demoSize, picturesOf } from '../../../../infra/local/demo/size.ts';

test('is fifty thousand products, or what a test asks for', () => {
  expect(demoSize({})).toBe(50_000);
  expect(demoSize({ HEADRACE_DEMO_PRODUCTS: '200' })).toBe(200);
});

test.each(['many', '0', '-1', '1.5', '9999999'])('refuses %s in one sentence', text => {
  const asked = () => demoSize({ HEADRACE_DEMO_PRODUCTS: text });
  expect(asked).toThrow(/^HEADRACE_DEMO_PRODUCTS must be a whole number from 1 to 1000000, not "[^"]+"\.$/);
});

test('keeps a modest number of pictures, and at least one', () => {
  expect([1, 200, 50_000].map(picturesOf)).toEqual([1, 2, 24]);
});
