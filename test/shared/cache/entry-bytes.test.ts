import { expect, test } from 'vitest';
import type { Entry } from '../../../shared/cache/entry.ts';
import { entryBytes, forksBytes } from '../../../shared/cache/entry-bytes.ts';

const entry: Entry<unknown> = { key: 'k', body: new Uint8Array(0), tags: [], meta: {}, deadAt: 0 };

test('an entry costs more by at least what is added to it', () => {
  const plain = entryBytes(entry);
  expect(entryBytes({ ...entry, body: new Uint8Array(1_000) })).toBe(plain + 1_000);
  expect(entryBytes({ ...entry, key: 'k'.repeat(101) })).toBe(plain + 200);
  expect(entryBytes({ ...entry, meta: { a: 'x'.repeat(100) } })).toBeGreaterThan(plain + 200);
  expect(entryBytes({ ...entry, tags: ['t'.repeat(100)] })).toBeGreaterThan(plain + 200);
});

test('what has no JSON costs nothing more', () => {
  expect(entryBytes({ ...entry, meta: undefined })).toBeLessThan(entryBytes(entry));
});

test('forks cost their names', () => {
  expect(forksBytes('k', { names: ['a'.repeat(50)], deadAt: 0 })).toBe(
    forksBytes('k', { names: [], deadAt: 0 }) + 100,
  );
});
