import { expect, test } from 'vitest';
import { freshnessOf, type StoredEntry } from '../../../edge/proxy/stored.ts';

const entry = (soft: boolean) =>
  ({ soft, meta: { freshness: { freshUntil: 100, deadAt: 300 } } }) as unknown as StoredEntry;

test('a soft purge ends freshness now, and nothing else', () => {
  expect(freshnessOf(entry(true), 50)).toEqual({ freshUntil: 50, deadAt: 300 });
  expect(freshnessOf(entry(true), 150)).toEqual({ freshUntil: 100, deadAt: 300 });
  expect(freshnessOf(entry(false), 50)).toEqual({ freshUntil: 100, deadAt: 300 });
});
