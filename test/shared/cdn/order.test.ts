import { expect, it } from 'vitest';
import { INVALIDATION_ORDER, MOST_INVALIDATED } from '../../../shared/cdn/order.ts';

const takes = (order: unknown) => INVALIDATION_ORDER().safeParse(order).success;

it.each([
  { urls: ['https://a.example/x?y=1'] },
  { tags: ['a'], urls: ['http://a.example/'], mode: 'soft', wait: true, cdns: ['site'] },
  { prefixes: ['https://a.example/x/'], hosts: ['a_b.example:8443'], patterns: ['*'] },
  { everything: true },
])('%j is taken', order => {
  expect(takes(order)).toBe(true);
});

it.each([
  {},
  { mode: 'soft' },
  { urls: [] },
  { urls: ['/a'] },
  { urls: ['file:///etc/passwd'] },
  { tags: ['a,b'] },
  { tags: ['a b'] },
  { hosts: ['https://a.example'] },
  { hosts: ['a.example:99999'] },
  { everything: false },
  { everything: true, tags: ['a'] },
  { tags: ['a'], mode: 'warm' },
  { tags: ['a'], more: 1 },
])('%j is refused', order => {
  expect(takes(order)).toBe(false);
});

it('as many items as an order may have are taken, and one more is not', () => {
  const tags = Array.from({ length: MOST_INVALIDATED }, (_, at) => `t${at}`);
  expect([takes({ tags }), takes({ tags: [...tags, 'more'] })]).toEqual([true, false]);
});
