import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAssetKey } from '../../../shared/publishing/asset-key.ts';
import { cacheControlOf } from '../../../shared/publishing/cache-control.ts';
import { changedUrls } from '../../../shared/publishing/changed-urls.ts';
import { formatManifest, type Manifest, parseManifest } from '../../../shared/publishing/manifest.ts';
import { partBytesFor } from '../../../shared/publishing/part-size.ts';
import { type LocalFile, planPublish } from '../../../shared/publishing/plan-publish.ts';
import { planVariants, variantKey, variantOf } from '../../../shared/publishing/text-variants.ts';

const MIB = 1024 * 1024;
const file = (key: string, contentType = 'text/plain', sha256 = '1'): LocalFile => ({
  key,
  contentType,
  sha256,
  bytes: 1,
  form: 'f',
});
const manifest = (state: Manifest['state'], ...files: LocalFile[]): Manifest => ({
  version: 1,
  state,
  files: Object.fromEntries(files.map(({ key, sha256, bytes, form }) => [key, { sha256, bytes, form }])),
});

describe('a plan', () => {
  it('has what is named before what names it', () => {
    const files = [
      file('index.html', 'text/html'),
      file('sw.js', 'text/javascript'),
      file('site.css', 'text/css'),
      file('logo.png', 'image/png'),
      file('app.3f2a9c1d.js', 'text/javascript'),
      file('page.3f2a9c1d.html', 'text/html'),
    ];
    const { steps } = planPublish(files, manifest('published'));
    expect(steps.map(step => step.map(({ key }) => key))).toEqual([
      ['app.3f2a9c1d.js'],
      ['logo.png'],
      ['site.css'],
      ['index.html', 'sw.js', 'page.3f2a9c1d.html'],
    ]);
  });

  it('leaves out what is the same, and names what is gone', () => {
    const plan = planPublish(
      [file('a'), file('b', 'text/plain', '2')],
      manifest('published', file('a'), file('b'), file('c')),
    );
    expect(plan.unchanged.map(({ key }) => key)).toEqual(['a']);
    expect(plan.steps.flat().map(({ key }) => key)).toEqual(['b']);
    expect(plan.removed).toEqual(['c']);
  });

  it('compares everything with the store after an interruption', () => {
    const plan = planPublish([file('a')], manifest('publishing', file('a')));
    expect(plan).toMatchObject({ comparesWithStore: true, unchanged: [] });
    expect(plan.steps.flat()).toHaveLength(1);
  });

  it('does not remove a form that is made here now', () => {
    const last = manifest('published', file('a.css'), file('a.css.br'), file('a.tar'), file('a.tar.gz'));
    const plan = planPublish([file('a.css', 'text/css'), file('a.tar', 'application/x-tar')], last);
    expect(plan.removed).toEqual(['a.tar.gz']);
  });

  it('has every file in one place, whatever was published before', () => {
    const keys = fc.uniqueArray(
      fc.constantFrom('a.js', 'b.html', 'c.css', 'd.png', 'e.3f2a9c1d.js', 'f.txt'),
    );
    const set = keys.chain(names =>
      fc.tuple(...names.map(name => fc.constantFrom('1', '2').map(sha => file(name, 'text/plain', sha)))),
    );
    fc.assert(
      fc.property(
        set,
        set,
        fc.constantFrom('published' as const, 'publishing' as const),
        (now, before, state) => {
          const { steps, unchanged, removed } = planPublish(now, manifest(state, ...before));
          const placed = [...steps.flat(), ...unchanged].map(({ key }) => key);
          expect(placed.sort()).toEqual(now.map(({ key }) => key).sort());
          expect(removed.filter(key => placed.includes(key))).toEqual([]);
        },
      ),
    );
  });
});

describe('a manifest', () => {
  it('comes back as it was written, and is none where it is damaged', () => {
    const written = manifest('published', file('a'));
    expect(parseManifest(formatManifest(written))).toEqual(written);
    for (const text of ['', '{', '[]', '{"version":2,"state":"published","files":{}}'])
      expect(parseManifest(text)).toBeUndefined();
  });
});

describe('addresses that changed', () => {
  it('are those of names without a hash, encoded, of index.html also its folder', () => {
    expect(
      changedUrls(['a b+ü.css', 'app.3f2a9c1d.js', 'index.html', 'docs/index.html'], 'https://x.test/s'),
    ).toEqual([
      'https://x.test/s/a%20b%2B%C3%BC.css',
      'https://x.test/s/a%20b+%C3%BC.css',
      'https://x.test/s/index.html',
      'https://x.test/s/',
      'https://x.test/s/docs/index.html',
      'https://x.test/s/docs/',
    ]);
  });
});

describe('the addresses of a name', () => {
  it('are those that a browser asks for, whatever is in it', () => {
    const character = fc.oneof(
      fc.constantFrom(..."@+,;:=&$|[]!'()*~%?# é🚀"),
      fc.string({ unit: 'grapheme' }),
    );
    const names = fc.string({ unit: character, minLength: 1, maxLength: 12 });
    // Browsers are not of one mind about these.
    const askable = names.filter(name => parseAssetKey(name).ok && !/[\^`{}"<>/]/.test(name));
    fc.assert(
      fc.property(askable, name => {
        const key = name.normalize('NFC');
        const linked = key.replaceAll('%', '%25').replaceAll('?', '%3F').replaceAll('#', '%23');
        const asked = new URL(
          `https://x.test/${linked.trimEnd() === linked ? linked : encodeURIComponent(key)}`,
        );
        expect(changedUrls([key], 'https://x.test')).toContain(asked.href);
      }),
    );
  });
});

describe('the parts of a file', () => {
  const S3 = { smallestPartBytes: 5 * MIB, mostParts: 10_000 };

  it.each([
    [undefined, 5],
    [100 * MIB, 5],
    [5 * 1024 * MIB, 5],
    [60_000 * MIB, 6],
  ])('of %s bytes have %s MiB', (bytes, mib) => expect(partBytesFor(bytes, S3)).toBe(mib * MIB));

  it('are never too many', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600_000 }), mib => {
        const parts = Math.ceil((mib * MIB) / partBytesFor(mib * MIB, S3));
        expect(parts).toBeLessThanOrEqual(S3.mostParts);
      }),
    );
  });

  it('of more than the store can hold are refused', () => {
    expect(() => partBytesFor(700_000 * MIB, S3)).toThrow('at most 625 GB');
  });
});

describe('compressed forms', () => {
  it('are made of texts that are worth it, with less effort the larger they are', () => {
    const qualities = [2_000, 100_000, 2_000_000].map(bytes => planVariants('text/css', bytes)[0]?.quality);
    expect(qualities).toEqual([11, 10, 6]);
    expect(planVariants('text/css', 1_023)).toEqual([]);
    expect(planVariants('image/png', 100_000)).toEqual([]);
  });

  it('have names that lead back', () => {
    expect(variantOf(variantKey('a.js', 'br'))).toEqual({ key: 'a.js', coding: 'br' });
    expect(variantOf('a.js.gz')).toEqual({ key: 'a.js', coding: 'gzip' });
    expect(variantOf('a.js')).toBeUndefined();
  });
});

it('names with a hash live for a year, others for a minute', () => {
  expect(cacheControlOf(true)).toBe('public, max-age=31536000, immutable');
  expect(cacheControlOf(false)).toBe('public, max-age=60, s-maxage=600');
});
