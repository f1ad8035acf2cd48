import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry, Lookup, Value } from '../../../shared/cache/entry.ts';
import { createMemoryStore, type MemoryStore } from '../../../shared/cache/memory-store.ts';
import { createTestClock } from '../../fakes/clock.ts';

const lookupOf = (base: string, facets: Record<string, string> = {}): Lookup => ({
  base,
  facets: new Map(Object.entries(facets)),
  tags: [],
});
const pageOf = (bytes: number, overrides: Partial<Value<unknown>> = {}): Value<unknown> => ({
  meta: null,
  body: new Uint8Array(bytes),
  tags: [],
  deadAt: Number.POSITIVE_INFINITY,
  ...overrides,
});

function createStore(bounds: { maxBytes?: number; maxEntries?: number } = {}) {
  const clock = createTestClock();
  const store = createMemoryStore<unknown>({ maxBytes: 1e6, maxEntries: 100, ...bounds, clock });
  return { clock, store };
}

function keep(store: MemoryStore<unknown>, lookup: Lookup, value: Value<unknown>, varies: string[] = []) {
  return store.write({ lookup, reading: store.read(lookup), varies, value });
}

const has = (store: MemoryStore<unknown>, lookup: Lookup) => store.read(lookup).entry !== undefined;

describe('the bounds of memory', () => {
  it('hold bodies to their bytes: the least recently used leaves first', () => {
    const { store } = createStore({ maxBytes: 10_000 });
    for (const base of ['a', 'b', 'c']) keep(store, lookupOf(base), pageOf(2_500));
    has(store, lookupOf('a'));
    keep(store, lookupOf('d'), pageOf(2_500));
    expect(['a', 'b', 'c', 'd'].map(base => has(store, lookupOf(base)))).toEqual([true, false, true, true]);
  });

  it('count keys, tags and meta, not only bodies', () => {
    for (const [base, overrides] of [
      ['k'.repeat(4_000), {}],
      ['k', { tags: ['t'.repeat(4_000)] }],
      ['k', { tags: Array.from({ length: 20 }, (_, i) => `t${i}`) }],
      ['k', { meta: { text: 'm'.repeat(4_000) } }],
    ] as const) {
      const { store } = createStore({ maxBytes: 8_000 });
      expect(keep(store, lookupOf(base), pageOf(0, overrides))).toBe('too-large');
      expect(store.size()).toEqual({ entries: 0, bytes: 0 });
    }
  });

  it('count what is known of variants: many keys that vary do not fill memory unseen', () => {
    const { store } = createStore({ maxBytes: 20_000, maxEntries: 1_000 });
    for (let i = 0; i < 100; i++)
      keep(store, lookupOf(`${'k'.repeat(1_000)}${i}`), pageOf(1), [`x-${'n'.repeat(500)}`]);
    expect(store.size().bytes).toBeLessThanOrEqual(20_000);
    expect(store.size().entries).toBeLessThan(12);
  });

  it('hold entries to their number, forks included', () => {
    const { store } = createStore({ maxEntries: 4 });
    for (const base of ['a', 'b', 'c']) keep(store, lookupOf(base), pageOf(1), ['lang']);
    expect(store.size().entries).toBe(4);
    expect(['a', 'b', 'c'].map(base => has(store, lookupOf(base)))).toEqual([false, true, true]);
  });

  it('a value larger than everything is not kept, nor is its predecessor, and nothing else leaves', () => {
    const { store } = createStore({ maxBytes: 10_000 });
    keep(store, lookupOf('other'), pageOf(100));
    keep(store, lookupOf('k'), pageOf(100));
    expect(keep(store, lookupOf('k'), pageOf(10_001))).toBe('too-large');
    expect(['other', 'k'].map(base => has(store, lookupOf(base)))).toEqual([true, false]);
  });

  it('of nothing keep nothing', () => {
    for (const bounds of [{ maxBytes: 0 }, { maxEntries: 0 }]) {
      const { store } = createStore(bounds);
      keep(store, lookupOf('k'), pageOf(0), ['lang']);
      expect(has(store, lookupOf('k'))).toBe(false);
      expect(store.size()).toEqual({ entries: 0, bytes: 0 });
    }
  });

  it('get back what the dead, the purged and the replaced took', () => {
    const { store, clock } = createStore();
    keep(store, lookupOf('dead'), pageOf(1_000, { deadAt: clock() + 5 }));
    keep(store, lookupOf('purged'), pageOf(1_000, { tags: ['a', 'b'] }));
    for (const bytes of [5_000, 1_000]) keep(store, lookupOf('replaced'), pageOf(bytes, { tags: ['a'] }));
    clock.advance(5);
    has(store, lookupOf('dead'));
    store.purge(['a'], { soft: false });
    expect(store.size()).toEqual({ entries: 0, bytes: 0 });
  });

  it('are never exceeded', () => {
    const step = fc.record({
      base: fc.constantFrom('a', 'b', 'c'),
      lang: fc.constantFrom('de', 'fr'),
      bytes: fc.constantFrom(0, 500, 3_000, 20_000),
      varies: fc.subarray(['lang', 'enc']),
      purge: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), steps => {
        const { store } = createStore({ maxBytes: 8_000, maxEntries: 5 });
        for (const { base, lang, bytes, varies, purge } of steps) {
          if (purge) store.purge([base], { soft: false });
          keep(store, lookupOf(base, { lang }), pageOf(bytes, { tags: [base] }), varies);
          expect(store.size().bytes).toBeLessThanOrEqual(8_000);
          expect(store.size().entries).toBeLessThanOrEqual(5);
        }
        store.purge(['a', 'b', 'c'], { soft: false });
        // What is left are forks: three keys at most.
        expect(store.size().entries).toBeLessThanOrEqual(3);
      }),
    );
  });
});

describe('forks', () => {
  it('outlive the variants they lead to, when only these are used', () => {
    const { store } = createStore({ maxEntries: 3 });
    const german = lookupOf('k', { lang: 'de' });
    keep(store, german, pageOf(1), ['lang']);
    for (const base of ['a', 'b', 'c', 'd']) {
      keep(store, lookupOf(base), pageOf(1));
      expect(has(store, german)).toBe(true);
    }
  });
});

describe('what another level says of an entry', () => {
  const held = (store: MemoryStore<unknown>): Entry<unknown> =>
    store.read(lookupOf('k')).entry ?? expect.fail('nothing held');
  const checked = (entry: Entry<unknown>): Entry<unknown> => ({
    ...entry,
    ticket: { mark: 'm', tokens: new Map(), at: 5, order: 1 },
  });
  function start() {
    const { store } = createStore();
    keep(store, lookupOf('k'), pageOf(10, { tags: ['a'] }));
    return { store, entry: held(store) };
  }

  it('takes its place', () => {
    const { store, entry } = start();
    store.replace(entry, checked(entry));
    expect(held(store).ticket?.mark).toBe('m');
    store.replace(held(store), undefined);
    expect(has(store, lookupOf('k'))).toBe(false);
    expect(store.size()).toEqual({ entries: 0, bytes: 0 });
  });

  it('does not undo a purge that came meanwhile', () => {
    const { store, entry } = start();
    store.purge(['a'], { soft: true });
    store.replace(entry, checked(entry));
    expect(held(store).soft).toBe(true);
    const softly = held(store);
    store.purge(['a'], { soft: false });
    store.replace(softly, checked(softly));
    expect(has(store, lookupOf('k'))).toBe(false);
  });

  it('does not undo a write that came meanwhile, even one of the same bytes', () => {
    const { store, entry } = start();
    keep(store, lookupOf('k'), { ...pageOf(10), body: entry.body, meta: 'renewed' });
    store.replace(entry, checked(entry));
    expect(held(store).meta).toBe('renewed');
    store.replace(entry, undefined);
    expect(has(store, lookupOf('k'))).toBe(true);
  });

  it('comes along with a value that the other level already holds', () => {
    const { store } = createStore();
    const lookup = lookupOf('k');
    const ticket = { mark: 'm', tokens: new Map(), at: 5, order: 1 };
    const value = { ...pageOf(1), ticket, soft: true };
    store.write({ lookup, reading: store.read(lookup), varies: [], value });
    expect(held(store)).toMatchObject({ ticket, soft: true });
  });
});
