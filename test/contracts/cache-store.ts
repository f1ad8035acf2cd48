/**
 * What the cache relies on from a level, whoever keeps it: values come back as they were and only to whom they belong, and
 * a purge wins over every load that began before it.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entry, Lookup, Value } from '../../shared/cache/entry.ts';
import type { CacheStore, Reading, SharedStore } from '../../shared/cache/store.ts';
import { MOST_TAGS } from '../../shared/cache/tokens.ts';
import { createTestClock, type TestClock } from '../fakes/clock.ts';

export interface Meta {
  readonly status: number;
  readonly fields: readonly (readonly [string, string])[];
}

export interface StoreHome {
  /** A store of one isolate; all of one home share what they can share. */
  open(clock: TestClock): CacheStore<Meta>;
  stop(): Promise<void>;
}

export const META: Meta = { status: 200, fields: [['x-text', 'Grüße, 東京 🚰 "\\\n']] };
const HOUR_MS = 3_600_000;

export function lookupOf(overrides: Partial<Lookup> = {}): Lookup {
  return { base: `https://shop.test/${randomUUID()}?a=1`, facets: new Map(), tags: [], ...overrides };
}

export function pageOf(text: string, overrides: Partial<Value<Meta>> = {}): Value<Meta> {
  const body = Uint8Array.from(new TextEncoder().encode(text));
  return { meta: META, body, tags: [], deadAt: Date.now() + HOUR_MS, ...overrides };
}

/** Reads, and writes what was "loaded" after it. */
export async function keep(
  store: CacheStore<Meta>,
  lookup: Lookup,
  value: Value<Meta>,
  varies: readonly string[] = [],
) {
  return store.write({ lookup, reading: await store.read(lookup), varies, value });
}

export function textOf({ entry }: Reading<Meta>): string | undefined {
  return entry && new TextDecoder().decode(entry.body);
}

export function cacheStoreContract(name: string, startHome: () => Promise<StoreHome>): void {
  describe(name, () => {
    let home: StoreHome;
    let clock: TestClock;
    let store: CacheStore<Meta>;
    beforeAll(async () => {
      home = await startHome();
      clock = createTestClock(Date.now());
      store = home.open(clock);
    });
    afterAll(() => home.stop());
    const read = async (lookup: Lookup) => textOf(await store.read(lookup));

    describe('values', () => {
      it('come back as they were', async () => {
        const lookup = lookupOf({ tags: [',url'] });
        const value = pageOf('page', { tags: [',url', 'a', 'b'], deadAt: clock() + HOUR_MS });
        expect(await keep(store, lookup, value)).toBe('stored');
        const { entry } = await store.read(lookup);
        expect(entry).toMatchObject({ key: lookup.base, tags: value.tags, deadAt: value.deadAt, meta: META });
        expect(entry?.soft).toBeUndefined();
        expect(textOf(await store.read(lookup))).toBe('page');
      });

      it('are missing until they are written', async () => {
        const reading = await store.read(lookupOf());
        expect(reading.entry).toBeUndefined();
        expect(reading.forks.names).toEqual([]);
      });

      it('are replaced by the next write', async () => {
        const lookup = lookupOf();
        await keep(store, lookup, pageOf('first'));
        await keep(store, lookup, pageOf('second'));
        expect(await read(lookup)).toBe('second');
      });

      it.each([
        ['empty', new Uint8Array()],
        ['of every byte', Uint8Array.from({ length: 256 }, (_, byte) => byte)],
        ['of a megabyte', Uint8Array.from(randomBytes(1024 * 1024))],
      ])('may have a body %s', async (_, body) => {
        const lookup = lookupOf();
        await keep(store, lookup, pageOf('', { body }));
        const { entry } = await store.read(lookup);
        expect(Buffer.from(entry?.body ?? []).equals(body)).toBe(true);
      });

      it('are found under keys of 16 KB, and under those of objects', async () => {
        const bases = [`https://shop.test/${'k'.repeat(16_384)}`, '__proto__', 'constructor', ''];
        for (const base of bases) await keep(store, lookupOf({ base }), pageOf(`of ${base.slice(-9)}`));
        for (const base of bases) expect(await read(lookupOf({ base }))).toBe(`of ${base.slice(-9)}`);
      });

      it('are kept apart however alike their keys look', async () => {
        const bases = ['a\nb', 'a\\nb', 'a', 'a\n', 'a\nb:c'].map(base => `${randomUUID()} ${base}`);
        for (const base of bases) await keep(store, lookupOf({ base }), pageOf(base));
        for (const base of bases) expect(await read(lookupOf({ base }))).toBe(base);
      });

      it('die when their time has come, not before', async () => {
        const lookup = lookupOf();
        await keep(store, lookup, pageOf('page', { deadAt: clock() + 10_000 }));
        clock.advance(9_999);
        expect(await read(lookup)).toBe('page');
        clock.advance(1);
        expect(await read(lookup)).toBeUndefined();
      });

      it.each([Number.POSITIVE_INFINITY, Number.MAX_VALUE, 2 ** 53, Date.now() + HOUR_MS + 0.123])(
        'may die as late as %d',
        async deadAt => {
          const lookup = lookupOf();
          expect(await keep(store, lookup, pageOf('page', { deadAt }), ['accept'])).toBe('stored');
          expect(await read(lookup)).toBe('page');
        },
      );

      it.each([Number.NaN, 0, -1, Number.NEGATIVE_INFINITY])('dead at %d are never served', async deadAt => {
        const lookup = lookupOf();
        await keep(store, lookup, pageOf('page', { deadAt }), ['accept']);
        expect(await read(lookup)).toBeUndefined();
      });
    });

    describe('variants', () => {
      const variant = (base: string, facets: Record<string, string>) =>
        lookupOf({ base, facets: new Map(Object.entries(facets)) });

      it('are told apart by the facets that the value names, and by no others', async () => {
        const base = randomUUID();
        await keep(store, variant(base, { lang: 'de', dnt: '1' }), pageOf('deutsch'), ['lang']);
        await keep(store, variant(base, { lang: 'fr' }), pageOf('français'), ['lang']);
        expect(await read(variant(base, { lang: 'de', dnt: '0' }))).toBe('deutsch');
        expect(await read(variant(base, { lang: 'fr' }))).toBe('français');
        expect(await read(variant(base, { lang: 'it' }))).toBeUndefined();
      });

      it('an absent facet is not an empty one', async () => {
        const base = randomUUID();
        await keep(store, variant(base, {}), pageOf('absent'), ['lang']);
        await keep(store, variant(base, { lang: '' }), pageOf('empty'), ['lang']);
        expect(await read(variant(base, {}))).toBe('absent');
        expect(await read(variant(base, { lang: '' }))).toBe('empty');
      });

      it('however long and however odd their facets are', async () => {
        const base = randomUUID();
        const long = 'c'.repeat(5_000);
        const odd = [long, `${long}d`, 'a\nother:b', 'a\\nother:b', '#', '##', 'é', '%0A', 'a b', ':', 'x\n'];
        const lookups = odd.map(cookie => variant(base, { cookie }));
        lookups.push(variant(base, { cookie: 'a', other: 'b' }), variant(base, { other: 'b' }));
        const texts = lookups.map((_, i) => `variant ${i}`);
        for (const [i, lookup] of lookups.entries())
          await keep(store, lookup, pageOf(texts[i] ?? ''), ['cookie', 'other']);
        const found: unknown[] = [];
        for (const lookup of lookups) found.push(await read(lookup));
        expect(found).toEqual(texts);
      });

      it('facets learned later split what was one', async () => {
        const base = randomUUID();
        const both = variant(base, { lang: 'de', enc: 'br' });
        await keep(store, both, pageOf('by language'), ['lang']);
        await keep(store, variant(base, { lang: 'de', enc: 'gzip' }), pageOf('by both'), ['enc']);
        expect((await store.read(both)).forks.names).toEqual(['enc', 'lang']);
        expect(await read(both)).toBeUndefined();
        expect(await read(variant(base, { lang: 'de', enc: 'gzip' }))).toBe('by both');
      });

      it('a value that varies less than its predecessor hides nothing', async () => {
        const base = randomUUID();
        await keep(store, variant(base, { lang: 'de' }), pageOf('deutsch'), ['lang']);
        await keep(store, variant(base, { lang: 'fr' }), pageOf('an error, the same for all'), []);
        expect(await read(variant(base, { lang: 'de' }))).toBe('deutsch');
        expect(await read(variant(base, { lang: 'fr' }))).toBe('an error, the same for all');
      });

      it('a value that varies takes the place of one that did not', async () => {
        const base = randomUUID();
        await keep(store, variant(base, { lang: 'de' }), pageOf('for all'));
        await keep(store, variant(base, { lang: 'de' }), pageOf('deutsch'), ['lang']);
        expect(await read(variant(base, { lang: 'de' }))).toBe('deutsch');
        expect(await read(variant(base, { lang: 'fr' }))).toBeUndefined();
      });
    });

    describe('a purge', () => {
      const tagged = (...tags: string[]) => ({ lookup: lookupOf(), value: pageOf('page', { tags }) });
      const fresh = () => [randomUUID(), randomUUID(), randomUUID()] as const;

      it('of any of its tags drops a value', async () => {
        const tags = fresh();
        for (const tag of tags) {
          const { lookup, value } = tagged(...tags);
          await keep(store, lookup, value);
          await store.purge([randomUUID(), tag], { soft: false });
          expect(await read(lookup)).toBeUndefined();
        }
      });

      it('that is soft leaves it, marked, until it is written anew', async () => {
        const [a, b] = fresh();
        const { lookup, value } = tagged(a, b);
        await keep(store, lookup, value);
        await store.purge([b], { soft: true });
        for (let i = 0; i < 2; i++)
          expect((await store.read(lookup)).entry).toMatchObject({ soft: true, key: lookup.base });
        await keep(store, lookup, value);
        expect((await store.read(lookup)).entry?.soft).toBeUndefined();
      });

      it('that is hard drops what a soft one left', async () => {
        const [a, b] = fresh();
        const { lookup, value } = tagged(a, b);
        await keep(store, lookup, value);
        await store.purge([a], { soft: true });
        await store.purge([b], { soft: false });
        expect(await read(lookup)).toBeUndefined();
      });

      it('leaves what carries none of its tags', async () => {
        const [a, b] = fresh();
        const [other, untagged] = [tagged(a), tagged()];
        await keep(store, other.lookup, other.value);
        await keep(store, untagged.lookup, untagged.value);
        await store.purge([b, '', 'x'.repeat(5_000)], { soft: false });
        await store.purge([], { soft: false });
        expect([await read(other.lookup), await read(untagged.lookup)]).toEqual(['page', 'page']);
      });

      it('reaches every variant', async () => {
        const [a] = fresh();
        const base = randomUUID();
        const lookups = ['de', 'fr'].map(lang => lookupOf({ base, facets: new Map([['lang', lang]]) }));
        for (const lookup of lookups) await keep(store, lookup, pageOf('page', { tags: [a] }), ['lang']);
        await store.purge([a], { soft: false });
        for (const lookup of lookups) expect(await read(lookup)).toBeUndefined();
      });

      it.each([
        ['known before the load', true, false],
        ['learned from the value', false, false],
        ['known before the load, softly', true, true],
        ['learned from the value, softly', false, true],
      ])('between reading and write wins: tag %s', async (_, known, soft) => {
        const [a, b] = fresh();
        const lookup = lookupOf({ tags: known ? [a, b] : [] });
        const reading = await store.read(lookup);
        await store.purge([a], { soft });
        await store.write({ lookup, reading, varies: [], value: pageOf('old', { tags: [b, a] }) });
        const { entry } = await store.read(lookup);
        expect(entry === undefined || (soft && entry.soft)).toBe(true);
      });

      it('before the reading is over when the load begins', async () => {
        const [a] = fresh();
        const { lookup, value } = tagged(a);
        await store.purge([a], { soft: false });
        expect(await keep(store, lookup, value)).toBe('stored');
        expect(await read(lookup)).toBe('page');
      });

      it('of another tag does not refuse what is known before the load', async () => {
        const [a, b, c] = fresh();
        const lookup = lookupOf({ tags: [a, b] });
        const reading = await store.read(lookup);
        await store.purge([c], { soft: false });
        const value = pageOf('page', { tags: [a, b] });
        expect(await store.write({ lookup, reading, varies: [], value })).toBe('stored');
        expect(await read(lookup)).toBe('page');
      });

      it('of another tag does not refuse a value whose tags an earlier value taught', async () => {
        const [a, b, c] = fresh();
        const teacher = tagged(a, b);
        await keep(store, teacher.lookup, teacher.value);
        const lookup = lookupOf();
        const reading = await store.read(lookup);
        await store.purge([c], { soft: false });
        const value = pageOf('page', { tags: [a, b] });
        expect(await store.write({ lookup, reading, varies: [], value })).toBe('stored');
        expect(await read(lookup)).toBe('page');
      });
    });

    it('tags may be as many as the bound says', async () => {
      const tags = Array.from({ length: MOST_TAGS }, (_, i) => `${randomUUID()}-${i}`);
      const lookup = lookupOf({ tags: tags.slice(0, 900) });
      expect(await keep(store, lookup, pageOf('page', { tags }))).toBe('stored');
      expect(await read(lookup)).toBe('page');
      await store.purge([tags.at(-1) ?? ''], { soft: false });
      expect(await read(lookup)).toBeUndefined();
      const tooMany = pageOf('page', { tags: [...tags, 'one-more'] });
      expect(await keep(store, lookup, tooMany)).toBe('too-large');
    });

    it('tags as long as a key of 16 KB are found and purged', async () => {
      const tag = `,https://shop.test/${randomUUID()}/${'t'.repeat(16_384)}`;
      const lookup = lookupOf({ tags: [tag] });
      const value = pageOf('page', { tags: [tag, `${tag}2`, `${tag}3`] });
      await keep(store, lookup, value);
      expect(await read(lookup)).toBe('page');
      await store.purge([`${tag}3`], { soft: false });
      expect(await read(lookup)).toBeUndefined();
    });

    it('a tag that comes twice counts once', async () => {
      const [tag, other] = [randomUUID(), randomUUID()];
      const lookup = lookupOf({ tags: [tag, tag] });
      await keep(store, lookup, pageOf('page', { tags: [other, tag, other, tag] }));
      expect(await read(lookup)).toBe('page');
      await store.purge([other], { soft: false });
      expect(await read(lookup)).toBeUndefined();
    });
  });
}

export interface SharedHome extends StoreHome {
  open(clock: TestClock): SharedStore<Meta>;
  readonly tagsTtlMs: number;
}

/** What isolates that share nothing but the store rely on. */
export function sharedStoreContract(name: string, startHome: () => Promise<SharedHome>): void {
  describe(name, () => {
    let home: SharedHome;
    let clock: TestClock;
    let [here, elsewhere] = [] as unknown as [SharedStore<Meta>, SharedStore<Meta>];
    beforeAll(async () => {
      home = await startHome();
      clock = createTestClock(Date.now());
      [here, elsewhere] = [home.open(clock), home.open(clock)];
    });
    afterAll(() => home.stop());

    async function held(...tags: string[]): Promise<Entry<Meta>> {
      const lookup = lookupOf();
      await keep(here, lookup, pageOf('page', { tags, deadAt: Number.POSITIVE_INFINITY }));
      const { entry } = await here.read(lookup);
      if (!entry) throw new Error('not stored');
      return entry;
    }

    it('what one writes the other reads', async () => {
      const lookup = lookupOf();
      await keep(here, lookup, pageOf('page', { tags: ['a'] }));
      expect(textOf(await elsewhere.read(lookup))).toBe('page');
    });

    it('an entry just read is current, until the bound has passed without word from the store', async () => {
      const entry = await held(randomUUID());
      expect(here.isCurrent(entry)).toBe(true);
      clock.advance(home.tagsTtlMs - 1);
      expect(here.isCurrent(entry)).toBe(true);
      clock.advance(1);
      expect(here.isCurrent(entry)).toBe(false);
    });

    it('any word from the store that nothing was purged keeps every entry current', async () => {
      const entry = await held(randomUUID());
      clock.advance(home.tagsTtlMs);
      await here.read(lookupOf());
      expect(here.isCurrent(entry)).toBe(true);
    });

    it('a purge elsewhere is seen within the bound', async () => {
      const tag = randomUUID();
      const entry = await held(randomUUID(), tag);
      await elsewhere.purge([tag], { soft: false });
      clock.advance(home.tagsTtlMs);
      expect(here.isCurrent(entry)).toBe(false);
      expect(await here.check(entry)).toBeUndefined();
    });

    it('word of a purge leaves no entry that it was of current past its own bound', async () => {
      const tag = randomUUID();
      const entry = await held(tag);
      await elsewhere.purge([randomUUID(), tag], { soft: true });
      await elsewhere.purge([randomUUID()], { soft: false });
      clock.advance(home.tagsTtlMs);
      await here.read(lookupOf());
      expect(here.isCurrent(entry)).toBe(false);
      const checked = await here.check(entry);
      expect(checked).toMatchObject({ key: entry.key, soft: true });
      expect(checked && here.isCurrent(checked)).toBe(true);
    });

    it('word of purges of something else keeps an entry current, asked at the other’s time, for the bound', async () => {
      // A purge before it, so that there is a mark to begin from.
      await elsewhere.purge([randomUUID()], { soft: false });
      const entry = await held(randomUUID());
      for (let purges = 0; purges < 3; purges++) await elsewhere.purge([randomUUID()], { soft: false });
      clock.advance(home.tagsTtlMs);
      expect(here.isCurrent(entry)).toBe(false);
      await here.read(lookupOf());
      expect(here.isCurrent(entry)).toBe(true);
      clock.advance(home.tagsTtlMs);
      expect(here.isCurrent(entry)).toBe(false);
    });

    it('more purges than are told of leave no entry current past its own bound', async () => {
      const entry = await held(randomUUID());
      for (let purges = 0; purges < 80; purges++) await elsewhere.purge([randomUUID()], { soft: false });
      clock.advance(home.tagsTtlMs);
      await here.read(lookupOf());
      expect(here.isCurrent(entry)).toBe(false);
      expect(await here.check(entry)).toMatchObject({ key: entry.key });
    });

    it('a soft purge elsewhere marks the entry, and every later check leaves the mark', async () => {
      const tag = randomUUID();
      const entry = await held(tag);
      await elsewhere.purge([tag], { soft: true });
      const checked = await here.check(entry);
      expect(checked?.soft).toBe(true);
      await elsewhere.purge([randomUUID()], { soft: false });
      expect((checked && (await here.check(checked)))?.soft).toBe(true);
    });

    it('a clock that goes back makes nothing current for longer', async () => {
      const entry = await held(randomUUID());
      clock.advance(-HOUR_MS);
      expect(here.isCurrent(entry)).toBe(false);
      const checked = await here.check(entry);
      expect(checked && here.isCurrent(checked)).toBe(true);
      clock.advance(HOUR_MS);
    });

    it('an entry that never met the store is not current, and not believed when it has tags', async () => {
      const { ticket, ...loose } = await held(randomUUID());
      expect(ticket).toBeDefined();
      expect(here.isCurrent(loose)).toBe(false);
      expect(await here.check(loose)).toBeUndefined();
    });

    it('loads that began before a purge elsewhere do not survive it, tag known or not', async () => {
      for (const known of [true, false]) {
        const tag = randomUUID();
        const lookup = lookupOf({ tags: known ? [tag] : [] });
        const reading = await here.read(lookup);
        await elsewhere.purge([tag], { soft: false });
        await here.write({ lookup, reading, varies: [], value: pageOf('old', { tags: [tag] }) });
        for (const store of [here, elsewhere]) expect((await store.read(lookup)).entry).toBeUndefined();
      }
    });

    it('forks written elsewhere since are not replaced by those that memory recalls', async () => {
      const base = randomUUID();
      const at = (facets: Record<string, string>) =>
        lookupOf({ base, facets: new Map(Object.entries(facets)) });
      await keep(here, at({ lang: 'de' }), pageOf('deutsch'), ['lang']);
      const { ticket, forks } = await here.read(at({ lang: 'de' }));
      await keep(elsewhere, at({ lang: 'de', enc: 'br' }), pageOf('packed'), ['lang', 'enc']);
      const reading = { ticket, forks: { ...forks, deadAt: 0 } };
      await here.write({ lookup: at({ lang: 'de' }), reading, varies: ['lang'], value: pageOf('renewed') });
      expect(textOf(await elsewhere.read(at({ lang: 'de', enc: 'br' })))).toBe('packed');
    });
  });
}
