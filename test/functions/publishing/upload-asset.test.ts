/** One asset into S3: its name, its type, what is made of it, and what happens to a stream. */

import { createHash, randomBytes } from 'node:crypto';
import { readdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPublisher, openPictures, type Publisher } from '../../../functions/publishing.ts';
import { openStage, type Stage, watchWrites } from './stage.ts';

let stage: Stage;
let publisher: Publisher;

beforeAll(async () => {
  stage = await openStage();
  publisher = createPublisher(stage);
});
afterAll(() => stage.stop());

const hexOf = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');
const WORDS = 'the quick brown fox jumps over the lazy dog. '.repeat(80);

async function* inPieces(bytes: Uint8Array, size = 100_000) {
  for (let from = 0; from < bytes.byteLength; from += size) yield bytes.subarray(from, from + size);
}

describe('an asset', () => {
  it('is called by its content, and may be kept for ever', async () => {
    const text = '.a{}';
    const { key, cacheControl, contentType } = await publisher.uploadAsset('css/a.css', text, {
      tags: ['brand'],
    });
    const hash = /^css\/a\.([0-9a-f]{16,})\.css$/.exec(key)?.[1] ?? 'none';
    expect(hexOf(text).startsWith(hash)).toBe(true);
    expect([cacheControl, contentType]).toEqual([
      'public, max-age=31536000, immutable',
      'text/css; charset=utf-8',
    ]);
    expect((await stage.store.stat(key))?.attributes).toMatchObject({
      cacheControl,
      metadata: { 'cache-tag': 'brand' },
    });
  });

  it('keeps its name where that is asked for, and is then asked for again', async () => {
    const { key, cacheControl } = await publisher.uploadAsset('robots.txt', 'User-agent: *', { hash: false });
    expect([key, cacheControl]).toEqual(['robots.txt', 'public, max-age=60, s-maxage=600']);
  });

  it.each([
    ['text', WORDS],
    ['bytes', new TextEncoder().encode(WORDS)],
    ['a stream of the web', new Blob([WORDS]).stream()],
    ['pieces', inPieces(new TextEncoder().encode(WORDS), 7)],
  ])('may be %s', async (_, body) => {
    const { key, variants } = await publisher.uploadAsset('words.txt', body);
    expect(await stage.wordsOf(key)).toBe(WORDS);
    expect(variants.map(({ coding }) => coding)).toEqual(['br', 'gzip']);
  });

  it('may be a file, but no link', async () => {
    const folder = await stage.folder({ 'a.txt': 'from disk' });
    const { key } = await publisher.uploadAsset('disk.txt', { path: join(folder, 'a.txt') });
    expect(await stage.wordsOf(key)).toBe('from disk');
    await symlink('a.txt', join(folder, 'link'));
    await expect(publisher.uploadAsset('disk.txt', { path: join(folder, 'link') })).rejects.toThrow('ELOOP');
  });

  it.each([
    ['../up.txt', /climbs out/],
    ['/abs.txt', /empty folder name/],
    ['.env', /begins with a dot/],
    ['a\0b', /control character/],
  ])('cannot be called %j', async (key, words) => {
    await expect(publisher.uploadAsset(key, 'x')).rejects.toThrow(words);
  });

  it('cannot have a tag that no cache has', async () => {
    await expect(publisher.uploadAsset('a.txt', 'x', { tags: ['a,b'] })).rejects.toThrow('no cache tag');
    const many = Array.from({ length: 51 }, (_, at) => `t${at}`);
    await expect(publisher.uploadAsset('a.txt', 'x', { tags: many })).rejects.toThrow('50 tags, not 51');
  });
});

describe('a large stream', () => {
  const bytes = randomBytes(11 * 1024 * 1024);

  it('is called by its content, though that is known at its end', async () => {
    const seen: number[] = [];
    const { key, bytes: stored } = await publisher.uploadAsset('film.bin', inPieces(bytes), {
      onProgress: sent => seen.push(sent),
    });
    expect(key.includes(hexOf(bytes).slice(0, 16))).toBe(true);
    expect([stored, seen.at(-1)]).toEqual([bytes.byteLength, bytes.byteLength]);
    const found = await stage.store.read(key, bytes.byteLength);
    expect(hexOf(found?.bytes ?? '')).toBe(hexOf(bytes));
    expect((await readdir(tmpdir())).filter(name => name.startsWith('headrace-asset-'))).toEqual([]);
  });

  it('goes as it comes where nothing has to be known of it, and leaves nothing when it breaks off', async () => {
    await publisher.uploadAsset('as-it-comes.bin', inPieces(bytes), { hash: false });
    expect((await stage.store.stat('as-it-comes.bin'))?.bytes).toBe(bytes.byteLength);
    async function* breaking() {
      yield* inPieces(bytes.subarray(0, 6 * 1024 * 1024));
      throw new Error('the visitor left');
    }
    await expect(publisher.uploadAsset('broken.bin', breaking(), { hash: false })).rejects.toThrow(
      'visitor left',
    );
    expect(await stage.store.stat('broken.bin')).toBeUndefined();
  });

  it('that was interrupted sends only what is missing', async () => {
    const { store } = watchWrites(stage.store, key => {
      if (key === 'again.bin#2') throw new Error('killed');
    });
    const upload = (from: typeof stage.store, sent: string[]) =>
      createPublisher({
        store: {
          ...from,
          open: async (...asked) => {
            const begun = await from.open(...asked);
            return {
              ...begun,
              async send(part) {
                const how = await begun.send(part);
                sent.push(`${part.number} ${how}`);
                return how;
              },
            };
          },
        },
      }).uploadAsset('again.bin', inPieces(bytes), { hash: false });
    await expect(upload(store, [])).rejects.toThrow('killed');
    const sent: string[] = [];
    await upload(stage.store, sent);
    // The third was on its way, or not, when the second failed.
    expect(sent).toHaveLength(3);
    expect(sent).toEqual(expect.arrayContaining(['1 present', '2 sent']));
  });
});

describe('making smaller', () => {
  it.each([
    ['a.js', 'const value = 1;\n\nconsole.log( value );\n', 'const value=1;console.log(1);\n'],
    ['a.css', '.a  {\n  color : red ;\n}\n', '.a{color:red}\n'],
    [
      'a.json',
      '{\n  "big": 12345678901234567890,\n  "text": "a  b"\n}',
      '{"big":12345678901234567890,"text":"a  b"}',
    ],
    ['a.html', '<!-- gone --><p>\n\n  one   <b>two</b></p>', '<p> one <b>two</b></p>'],
    [
      'a.svg',
      '<svg xmlns="http://www.w3.org/2000/svg"><!-- gone --><g><path d="M 0 0 L 10 0"/></g></svg>',
      '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h10"/></svg>',
    ],
  ])('%s', async (name, text, smaller) => {
    const { key } = await publisher.uploadAsset(name, text, { minify: true });
    expect(await stage.wordsOf(key)).toBe(smaller);
  });

  it('leaves what nobody understands as it is, and says so', async () => {
    const left: string[] = [];
    const { key } = await publisher.uploadAsset('broken.js', 'const = ;', {
      minify: true,
      onLeft: (name, reason) => left.push(`${name}: ${reason}`),
    });
    expect(await stage.wordsOf(key)).toBe('const = ;');
    expect(left).toEqual([expect.stringMatching(/^broken\.js: Transform failed/)]);
  });

  it('encodes pictures anew where that helps, and says nothing of who took them', async () => {
    const pictures = await openPictures();
    const noise = sharp({
      create: {
        width: 300,
        height: 200,
        channels: 3,
        background: 'red',
        noise: { type: 'gaussian', mean: 128, sigma: 30 },
      },
    });
    const large = await noise
      .jpeg({ quality: 100 })
      .withExif({ IFD0: { Make: 'Camera' } })
      .toBuffer();
    const { key, bytes } = await publisher.uploadAsset('photo.jpg', large, { pictures });
    expect(bytes).toBeLessThan(large.byteLength);
    const stored = await stage.store.read(key, large.byteLength);
    expect(await sharp(stored?.bytes).metadata()).toMatchObject({ width: 300, height: 200, format: 'jpeg' });
    expect((await sharp(stored?.bytes).metadata()).exif).toBeUndefined();
    const small = await sharp(large).jpeg({ quality: 30 }).toBuffer();
    expect((await publisher.uploadAsset('small.jpg', small, { pictures })).bytes).toBe(small.byteLength);
  });
});

it('a file that is none is told', async () => {
  const folder = await stage.folder({});
  await writeFile(join(folder, 'x'), 'x');
  await expect(publisher.uploadAsset('a.txt', { path: join(folder, 'nothing') })).rejects.toThrow('ENOENT');
});
