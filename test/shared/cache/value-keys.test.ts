import { expect, it } from 'vitest';
import { createValueKeys } from '../../../shared/cache/value-keys.ts';

const keys = createValueKeys('shop');

it('names are readable, and lead back to their keys', async () => {
  expect(await keys.value('users:1')).toBe('shop:1:v:users:1');
  expect(keys.keyOf('shop:1:v:users:1')).toBe('users:1');
});

it('long keys stand under their hash, each under its own', async () => {
  const long = 'k'.repeat(513);
  expect(await keys.value(long)).toMatch(/^shop:1:h:[0-9a-f]{40}$/);
  expect(await keys.value(`${long}x`)).not.toBe(await keys.value(long));
  expect(await keys.value(long.slice(1))).toBe(`shop:1:v:${long.slice(1)}`);
});

it('a lease never has the name of a value', async () => {
  expect(await keys.lease('k')).toMatch(/^shop:1:l:[0-9a-f]{40}$/);
});
